#include "profile/state.h"

#include <algorithm>

#include "profile/fields.h"
#include "profile/limits.h"

namespace baya::profile {
namespace {

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

// Lines are cut at the most that one amount may be, so that 200 of them in each of 20,000 orders
// stay below 2^63.
int64_t OrderValue(const Event& event) {
  if (event.total_minor) return *event.total_minor;
  int64_t sum = 0;
  for (const EventItem& item : event.items) {
    sum += std::min(item.price_minor.value_or(0) * int64_t{item.quantity}, kMaxMinorUnits);
  }
  return sum;
}

}  // namespace

void Tally::Add(const Event& event) {
  if (count == 0) first_ms = event.time_ms;
  last_ms = event.time_ms;
  source = event.source;
  ++count;
}

void Statement::Say(std::string_view text, const Event& event) {
  if (value != text) {
    value = text;
    since_ms = event.time_ms;
  }
  last_ms = event.time_ms;
  source = event.source;
}

void State::Fold(const Event& event) {
  if (event.kind == EventKind::kCorrection) return FoldCorrection(event);
  if (activity.count == 0 || activity.last_ms / kDayMs != event.time_ms / kDayMs) ++days_active;
  activity.Add(event);
  switch (event.kind) {
    case EventKind::kPage:
      pages.Add(event);
      if (!event.name.empty()) page_names[event.name].Add(event);
      break;
    case EventKind::kIdentify:
      if (!event.subject_id.empty()) user_id.Say(event.subject_id, event);
      for (const Trait& trait : event.traits) traits[trait.name].Say(trait.value, event);
      break;
    case EventKind::kGroup:
      group_id.Say(event.subject_id, event);
      break;
    case EventKind::kProductsSearched:
      queries[event.query].Add(event);
      break;
    case EventKind::kProductListViewed:
      lists[event.list_id.empty() ? event.category : event.list_id].Add(event);
      for (const EventItem& item : event.items) FoldTrial(event, item);
      break;
    case EventKind::kOrderCompleted:
      FoldOrder(event);
      break;
    default:
      for (const EventItem& item : event.items) FoldItem(event, item);
      break;
  }
}

void State::FoldOrder(const Event& event) {
  // A receipt page that is loaded again reports its order again, under another message id.
  const bool repeated = !event.order_id.empty() && !order_ids.insert(event.order_id).second;
  if (repeated) return;
  orders.Add(event);
  if (!event.currency.empty()) spent_minor[event.currency] += OrderValue(event);
  for (const EventItem& item : event.items) FoldItem(event, item);
  cart.clear();
}

void State::FoldItem(const Event& event, const EventItem& item) {
  ItemState& state = items[item.id];
  state.seen.Add(event);
  if (!item.category.empty()) state.category = item.category;
  if (!item.brand.empty()) state.brand = item.brand;
  const uint32_t evidence = state.Evidence();
  switch (event.kind) {
    case EventKind::kProductViewed:
      ++state.viewed;
      break;
    case EventKind::kProductClicked:
      ++state.clicked;
      break;
    case EventKind::kProductAdded:
      ++state.added;
      cart[item.id] += item.quantity;
      break;
    case EventKind::kProductRemoved:
      ++state.removed;
      TakeFromCart(item);
      break;
    case EventKind::kOrderCompleted:
      ++state.orders;
      state.pieces_ordered += item.quantity;
      state.last_order_ms = event.time_ms;
      break;
    case EventKind::kProductLiked:
      state.opinion = Opinion::kLiked;
      break;
    case EventKind::kProductDisliked:
      state.opinion = Opinion::kDisliked;
      break;
    default:
      break;
  }
  if (item.gift || !Learns()) state.unlearned += state.Evidence() - evidence;
  if (event.kind != EventKind::kProductRemoved) FoldAnswer(event, item, state);
}

void State::FoldTrial(const Event& event, const EventItem& item) {
  if (item.exploring.empty() || !Learns()) return;
  ItemState& state = items[item.id];
  const int64_t day = event.time_ms / kDayMs;
  if (state.tried_on_day == day) return;
  state.tried_on_day = day;
  state.tried_as = item.exploring;
  tried[item.exploring].Add(event);
}

void State::FoldAnswer(const Event& event, const EventItem& item, ItemState& state) {
  const bool dislike = event.kind == EventKind::kProductDisliked;
  if (state.tried_as.empty() || (!dislike && (item.gift || !Learns()))) return;
  (dislike ? dismissed : taken)[state.tried_as].Add(event);
  state.tried_as.clear();
}

bool State::Learns() const { return !corrections.contains(std::string(kLearningField)); }

void State::TakeFromCart(const EventItem& item) {
  const auto line = cart.find(item.id);
  if (line == cart.end()) return;
  if (line->second > item.quantity) {
    line->second -= item.quantity;
  } else {
    cart.erase(line);
  }
}

void State::FoldCorrection(const Event& event) {
  const Correction& correction = *event.correction;
  if (correction.action == CorrectionAction::kUndo) {
    corrections.erase(correction.field);
  } else {
    corrections[correction.field] = {correction.action, correction.value, event.time_ms};
  }
}

}  // namespace baya::profile
