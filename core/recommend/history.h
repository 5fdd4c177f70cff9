// What this visitor did with each item, as one number that fades.
//
// The strength of an item is the sum of its interactions, each worth its kind and halved every
// half-life, kept within [-1, 1]: the model is trained on "bought or not", so that ten views may
// say no more than one purchase. A later like or dislike overrides the sum. Age is counted in
// whole UTC days, so that within a day a new interaction changes one item only. The result does
// not depend on the order in which interactions arrive.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/status.h"
#include "recommend/interaction.h"

namespace baya::recommend {

// The day that `time_ms` falls on, counted from 1970-01-01 (UTC).
int64_t DayOf(int64_t time_ms);

enum class Opinion : uint8_t { kNone, kLiked, kDisliked };

struct ItemState {
  int32_t strength_q10 = 0;  // [-1024, 1024]
  Opinion opinion = Opinion::kNone;
  uint32_t order_count = 0;
  int32_t orders_q10 = 0;      // orders, each faded
  int64_t last_order_day = 0;  // when order_count > 0
};

class History {
 public:
  // Interactions past this many are refused; the profile keeps fewer.
  static constexpr size_t kMaxInteractions = 100'000;

  History(uint32_t item_count, uint16_t half_life_days)
      : half_life_days_(half_life_days), slots_(item_count) {}

  // Forgets every interaction and keeps the memory. O(items).
  void Clear();

  // Brings every state to `day`.
  void MoveTo(int64_t day);

  // REQUIRES: interaction.item < item_count. Errors: kResourceExhausted. The state of
  // `interaction.item` is brought up to date.
  Status Add(const Interaction& interaction);

  // A state of zeros for an item without interactions. REQUIRES: item < item_count.
  const ItemState& Of(ItemIndex item) const { return records_[slots_[item]].state; }

  // Days with an order of the item; ascending, all different. REQUIRES: item < item_count.
  std::span<const int64_t> order_days(ItemIndex item) const {
    return records_[slots_[item]].order_days;
  }
  // Days with an order of anything; ascending, all different.
  std::span<const int64_t> visit_days() const { return visit_days_; }

  // In order of first interaction.
  const std::vector<ItemIndex>& items() const { return items_; }
  // Those that were ordered.
  const std::vector<ItemIndex>& ordered() const { return ordered_; }
  int64_t day() const { return day_; }

 private:
  struct Event {
    int64_t time_ms;
    uint32_t before;  // place in events_ of the item's event that came before; 0 for none
    uint16_t weight_permille;
    InteractionKind kind;
  };
  struct Record {
    uint32_t last_event = 0;
    std::vector<int64_t> order_days;
    ItemState state;
  };

  void Refresh(Record& record) const;

  uint16_t half_life_days_;
  int64_t day_ = 0;
  std::vector<int64_t> visit_days_;
  std::vector<ItemIndex> items_;
  std::vector<ItemIndex> ordered_;
  std::vector<uint32_t> slots_;            // [item_count]; place in records_, 0 for none
  std::vector<Record> records_{Record{}};  // the first stays empty
  std::vector<Event> events_{Event{}};     // of all items; the first is none
};

}  // namespace baya::recommend
