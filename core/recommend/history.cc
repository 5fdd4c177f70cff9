#include "recommend/history.h"

#include <algorithm>

#include "base/sort.h"
#include "recommend/fixed_point.h"

namespace baya::recommend {
namespace {

constexpr int64_t kDayMs = int64_t{24} * 60 * 60 * 1000;

// An order is the unit, because the model is trained on orders. The others are shares of it in
// the order of commitment; a removal takes back what the addition gave.
int32_t WorthQ10(InteractionKind kind) {
  switch (kind) {
    case InteractionKind::kViewed:
    case InteractionKind::kClicked:
      return kOneQ10 / 4;
    case InteractionKind::kAdded:
      return kOneQ10 / 2;
    case InteractionKind::kRemoved:
      return -kOneQ10 / 2;
    case InteractionKind::kOrdered:
      return kOneQ10;
    case InteractionKind::kLiked:
    case InteractionKind::kDisliked:
      return 0;  // an opinion, not an event that fades
  }
  return 0;
}

int32_t ClampOne(int64_t value_q10) {
  return static_cast<int32_t>(std::clamp<int64_t>(value_q10, -kOneQ10, kOneQ10));
}

void Insert(int64_t day, std::vector<int64_t>& days) {
  if (!std::binary_search(days.begin(), days.end(), day)) InsertSorted(days, day);
}

}  // namespace

int64_t DayOf(int64_t time_ms) {
  const int64_t day = time_ms / kDayMs;
  return time_ms % kDayMs < 0 ? day - 1 : day;
}

void History::Clear() {
  for (const ItemIndex item : items_) slots_[item] = 0;
  items_.clear();
  ordered_.clear();
  visit_days_.clear();
  records_.resize(1);
  events_.resize(1);
}

void History::MoveTo(int64_t day) {
  if (day == day_) return;
  day_ = day;
  for (Record& record : records_) Refresh(record);
}

Status History::Add(const Interaction& interaction) {
  if (events_.size() > kMaxInteractions) {
    return kError<StatusCode::kResourceExhausted, "too many interactions to rank with">;
  }
  uint32_t& slot = slots_[interaction.item];
  if (slot == 0) {
    slot = static_cast<uint32_t>(records_.size());
    records_.emplace_back();
    items_.push_back(interaction.item);
  }
  const uint16_t weight = std::min<uint16_t>(interaction.weight_permille, 1000);
  Record& record = records_[slot];
  events_.push_back({interaction.time_ms, record.last_event, weight, interaction.kind});
  record.last_event = static_cast<uint32_t>(events_.size() - 1);
  if (interaction.kind == InteractionKind::kOrdered && weight > 0) {
    if (record.order_days.empty()) ordered_.push_back(interaction.item);
    Insert(DayOf(interaction.time_ms), record.order_days);
    Insert(DayOf(interaction.time_ms), visit_days_);
  }
  Refresh(record);
  return OkStatus();
}

void History::Refresh(Record& record) const {
  ItemState state;
  int64_t sum_q10 = 0;
  int64_t orders_q10 = 0;
  int64_t opinion_ms = INT64_MIN;
  for (uint32_t place = record.last_event; place != 0; place = events_[place].before) {
    const Event& event = events_[place];
    if (event.weight_permille == 0) continue;
    const int64_t event_day = DayOf(event.time_ms);
    const int32_t faded =
        DecayQ10(day_ - event_day, half_life_days_) * event.weight_permille / 1000;
    // Rounded for the event and not for the sum, so that the order of events cannot matter.
    sum_q10 += WorthQ10(event.kind) * faded / kOneQ10;
    if (event.kind == InteractionKind::kOrdered) {
      state.last_order_day =
          state.order_count == 0 ? event_day : std::max(state.last_order_day, event_day);
      ++state.order_count;
      orders_q10 += faded;
    }
    const bool liked = event.kind == InteractionKind::kLiked;
    const bool disliked = event.kind == InteractionKind::kDisliked;
    if ((liked && event.time_ms > opinion_ms) || (disliked && event.time_ms >= opinion_ms)) {
      opinion_ms = event.time_ms;
      state.opinion = liked ? Opinion::kLiked : Opinion::kDisliked;
    }
  }
  state.orders_q10 = static_cast<int32_t>(std::min<int64_t>(orders_q10, INT32_MAX));
  // Taking something out of the cart is no aversion: below zero is for a dislike alone.
  state.strength_q10 = ClampOne(std::max<int64_t>(sum_q10, 0));
  if (state.opinion == Opinion::kLiked) state.strength_q10 = kOneQ10;
  if (state.opinion == Opinion::kDisliked) state.strength_q10 = -kOneQ10;
  record.state = state;
}

}  // namespace baya::recommend
