#include "measure/conversion.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace baya::measure {

using profile::Deed;
using profile::EventKind;

namespace {

// When an item was first shown.
struct Shown {
  std::string_view item;
  int64_t since_ms = 0;

  friend bool operator<(const Shown& a, const Shown& b) {
    return std::pair(a.item, a.since_ms) < std::pair(b.item, b.since_ms);
  }
};

// Ascending, so that of an item the earliest comes first.
std::vector<Shown> Exposures(std::span<const Deed> deeds) {
  std::vector<Shown> shown;
  for (const Deed& deed : deeds) {
    const bool exposes = deed.kind == EventKind::kProductListViewed && !deed.item.empty();
    if (exposes) shown.push_back({deed.item, deed.time_ms});
  }
  std::sort(shown.begin(), shown.end());
  return shown;
}

bool WasShownBefore(const std::vector<Shown>& shown, const Deed& order) {
  const auto first = std::lower_bound(shown.begin(), shown.end(), Shown{order.item, 0});
  return first != shown.end() && first->item == order.item && first->since_ms < order.time_ms;
}

}  // namespace

std::optional<Conversion> ConversionAfterRecommendation(std::span<const Deed> deeds) {
  if (deeds.empty()) return std::nullopt;
  const std::vector<Shown> shown = Exposures(deeds);
  if (shown.empty()) return kShownNothing;
  int64_t first_ms = shown.front().since_ms;
  for (const Shown& exposure : shown) first_ms = std::min(first_ms, exposure.since_ms);
  Conversion conversion = kShownBoughtNothing;
  for (const Deed& deed : deeds) {
    if (deed.kind != EventKind::kOrderCompleted || deed.time_ms <= first_ms) continue;
    if (WasShownBefore(shown, deed)) return kBoughtWhatWasShown;
    conversion = kBoughtSomethingElse;
  }
  return conversion;
}

}  // namespace baya::measure
