// What a person's own orders say about buying an item again, as bins and amounts of a scorecard.
//
// Eight features, each cut into the bins of pack::kRepeatBins, and the amounts of
// pack::kRepeatAmounts, which tell apart what shares a bin; the pack has points for them, fitted by
// the trainer (tools/train/repeat.h). Whole UTC days count: several orders on one day
// are one visit, and the result does not depend on the order in which events came.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "pack/repeat.h"
#include "recommend/interaction.h"

namespace baya::recommend {

struct RepeatFacts {
  // For each feature the place of its bin in pack::Repeat::points.
  std::array<uint8_t, pack::kRepeatBins.size()> bins;
  // The logarithm of what fades is of 2^10 times it, so that it is never below 0.
  std::array<int32_t, pack::kRepeatAmounts> amounts_q10;
};

//   order_days  on which the item was ordered; ascending, all different, at least one
//   visit_days  on which anything was ordered; ascending, all different, with all order_days
//   usual_days  pack::Popularity::repeat_days of the item
RepeatFacts RepeatFactsOf(std::span<const int64_t> order_days, std::span<const int64_t> visit_days,
                          int64_t day, uint8_t usual_days);

// In units of 2^-30. `rest` is the item's score without this term, below 2^47 in size.
int64_t RepeatScore(const pack::Repeat& repeat, ItemIndex item, const RepeatFacts& facts,
                    int64_t rest);

}  // namespace baya::recommend
