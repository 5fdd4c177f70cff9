#include "profile/profile_data.h"

#include <algorithm>

#include "base/sort.h"
#include "profile/limits.h"

namespace baya::profile {
namespace {

constexpr Status kMalformed =
    kError<StatusCode::kInvalidArgument, "the profile's data are malformed">;

}  // namespace

Status CheckHorizon(const Horizon& horizon) {
  if (horizon.message_id.empty()) return horizon.time_ms == 0 ? OkStatus() : kMalformed;
  const bool valid =
      horizon.time_ms >= 0 && horizon.time_ms < int64_t{1} << 53 && IsMessageId(horizon.message_id);
  return valid ? OkStatus() : kMalformed;
}

Status CheckEvents(std::span<const Event> events) {
  std::vector<std::string_view> ids;
  for (size_t i = 0; i < events.size(); ++i) {
    if (i > 0 && !EventBefore(events[i - 1], events[i])) return kMalformed;
    ids.emplace_back(events[i].message_id);
    if (!events[i].correction) continue;
    BAYA_RETURN_IF_ERROR(CheckCorrection(*events[i].correction));
  }
  StableSort(ids);
  return std::adjacent_find(ids.begin(), ids.end()) == ids.end() ? OkStatus() : kMalformed;
}

}  // namespace baya::profile
