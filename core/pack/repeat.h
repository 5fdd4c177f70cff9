// A scorecard for buying again: points for each bin of each feature, and for each item.
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

class Repeat {
 public:
  // Borrows `section`, which must outlive it.
  static Result<Repeat> Parse(ByteView section);

  uint32_t size() const { return static_cast<uint32_t>(items_.size()); }

  // In 2^-12: what every unit of an item's other score counts for in addition.
  int16_t context() const { return context_; }
  // In 2^-12 of the table's weight 1. REQUIRES: bin < kRepeatPoints.
  int16_t points(size_t bin) const { return points_[bin]; }
  // In 2^-6 of the table's weight 1. REQUIRES: item < size().
  int8_t item_points(ItemIndex item) const { return static_cast<int8_t>(items_[item]); }

 private:
  int16_t context_ = 0;
  std::array<int16_t, kRepeatPoints> points_{};
  ByteView items_;  // [n]
};

}  // namespace baya::pack
