// A scorecard for buying again: points for each bin of each feature, points for each unit of each
// amount, and points for each item.
//
// Format: core/docs/formats/pack.md §9. The bins are recommend/repeat_card.h's.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "pack/catalogue.h"

namespace baya::pack {

// Bins of: orders, share, visits since, age, visits, own pace, usual pace, faded orders.
inline constexpr std::array<uint8_t, 8> kRepeatBins = {8, 10, 9, 14, 8, 10, 10, 10};
inline constexpr size_t kRepeatPoints = 8 + 10 + 9 + 14 + 8 + 10 + 10 + 10;

// Amounts: log2 of orders, log2 of orders halved every 3 visits, the share of the visits, orders
// halved every 14 visits.
inline constexpr size_t kRepeatAmounts = 4;

class Repeat {
 public:
  // Borrows `section`, which must outlive it.
  static Result<Repeat> Parse(ByteView section);

  uint32_t size() const { return static_cast<uint32_t>(items_.size()); }

  // In 2^-12: what every unit of an item's other score counts for in addition.
  int16_t context() const { return context_; }
  // In 2^-10 of the table's weight 1. REQUIRES: bin < kRepeatPoints.
  int16_t points(size_t bin) const { return points_[bin]; }
  // For one unit of an amount, in 2^-10 of the table's weight 1. REQUIRES: amount < kRepeatAmounts.
  int16_t slope(size_t amount) const { return slopes_[amount]; }
  // In 2^-5 of the table's weight 1. REQUIRES: item < size().
  int8_t item_points(ItemIndex item) const { return static_cast<int8_t>(items_[item]); }

 private:
  int16_t context_ = 0;
  std::array<int16_t, kRepeatPoints> points_{};
  std::array<int16_t, kRepeatAmounts> slopes_{};
  ByteView items_;  // [n]
};

}  // namespace baya::pack
