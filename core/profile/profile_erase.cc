// Taking events out of a profile.

#include <algorithm>
#include <utility>

#include "profile/profile.h"

namespace baya::profile {
namespace {

constexpr Status kWrongUse =
    kError<StatusCode::kInvalidArgument, "this use is for another operation">;

constexpr std::string_view kItemReason = "reason.item.";

// A line of it, or the person's word on the item as a reason.
bool NamesItem(const Event& event, std::string_view item) {
  if (event.correction) {
    const std::string_view field = event.correction->field;
    return field.starts_with(kItemReason) && field.substr(kItemReason.size()) == item;
  }
  return std::any_of(event.items.begin(), event.items.end(),
                     [item](const EventItem& line) { return line.id == item; });
}

bool SaysWho(const Event& event) {
  if (event.kind == EventKind::kIdentify || event.kind == EventKind::kGroup) return true;
  if (!event.correction) return false;
  const std::string_view name = event.correction->field;
  return name == field::kUserId || name == field::kGroupId || name.starts_with(field::kTraitPrefix);
}

// The event without the item's lines and without the total that counted them.
void TakeOut(Event& event, std::string_view item) {
  std::erase_if(event.items, [item](const EventItem& line) { return line.id == item; });
  event.total_minor.reset();
  const bool priced = std::any_of(event.items.begin(), event.items.end(),
                                  [](const EventItem& line) { return line.price_minor; });
  if (!priced) event.currency.clear();
}

}  // namespace

Erased Profile::RemoveIf(FunctionRef<bool(const Event&)> goes) {
  Erased erased;
  std::vector<Event> kept;
  for (Event& event : events_) {
    if (!goes(event)) {
      kept.push_back(std::move(event));
      continue;
    }
    Uncount(event);
    erased.removed.push_back(std::move(event.message_id));
  }
  events_ = std::move(kept);
  if (!erased.removed.empty()) stale_ = true;
  return erased;
}

Result<Erased> Profile::EraseEvent(consent::Use use, std::string_view message_id) {
  if (use.operation() != consent::Operation::kErase) return kWrongUse;
  return RemoveIf([message_id](const Event& event) { return event.message_id == message_id; });
}

Result<Erased> Profile::EraseItem(consent::Use use, std::string_view item) {
  if (use.operation() != consent::Operation::kErase) return kWrongUse;
  Erased erased = RemoveIf([item](const Event& event) {
    return NamesItem(event, item) &&
           std::all_of(event.items.begin(), event.items.end(),
                       [item](const EventItem& line) { return line.id == item; });
  });
  for (Event& event : events_) {
    if (!NamesItem(event, item)) continue;
    Uncount(event);
    TakeOut(event, item);
    Count(event);
    stale_ = true;
    BAYA_ASSIGN_OR_RETURN(auto&& bytes, EncodeEvent(event));
    erased.rewritten.push_back(std::move(bytes));
  }
  return erased;
}

Result<Erased> Profile::EraseIdentity(consent::Use use) {
  if (use.operation() != consent::Operation::kErase) return kWrongUse;
  return RemoveIf([](const Event& event) { return SaysWho(event); });
}

Result<Erased> Profile::EraseSpan(consent::Use use, int64_t from_ms, int64_t to_ms) {
  if (use.operation() != consent::Operation::kErase) return kWrongUse;
  return RemoveIf([from_ms, to_ms](const Event& event) {
    return event.time_ms >= from_ms && event.time_ms < to_ms;
  });
}

Result<Erased> Profile::Expire(consent::Use use, int64_t as_of_ms) {
  if (use.operation() != consent::Operation::kKeep) return kWrongUse;
  const int64_t first_kept_ms = as_of_ms - plan_.retention_ms;
  return RemoveIf([first_kept_ms](const Event& event) {
    return event.kind != EventKind::kCorrection && event.time_ms < first_kept_ms;
  });
}

}  // namespace baya::profile
