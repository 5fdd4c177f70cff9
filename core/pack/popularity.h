// What all visitors together do with each item; the fallback where nothing is known of one.
//
// Format: core/docs/formats/pack.md §6.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "pack/catalogue.h"

namespace baya::pack {

class Popularity {
 public:
  // Borrows `section`, which must outlive it.
  static Result<Popularity> Parse(ByteView section);

  uint32_t size() const { return static_cast<uint32_t>(level_.size()); }

  // REQUIRES: item < size().
  // 255 for the item with most customers, and 255/log2(1 + most) less for each halving.
  uint8_t level(ItemIndex item) const { return level_[item]; }
  // 16 for each doubling of the latest rate against the long-run one, [-127, 127].
  int8_t trend(ItemIndex item) const { return static_cast<int8_t>(trend_[item]); }
  // Share of the customers who came back for it, in 1/255.
  uint8_t repeat_rate(ItemIndex item) const { return repeat_rate_[item]; }
  // Median days between two purchases by one customer, capped at 255; 0: unknown.
  uint8_t repeat_days(ItemIndex item) const { return repeat_days_[item]; }

 private:
  ByteView level_, trend_, repeat_rate_, repeat_days_;  // [n] each
};

}  // namespace baya::pack
