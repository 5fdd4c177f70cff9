// Every item's score, kept up to date, and those above a bar found quickly.
//
// Sixteen scores are compared at once, so that a shelf looks closely only at items near those that
// may be on it.
#pragma once

#include <cstdint>
#include <vector>

#include "recommend/interaction.h"

namespace baya::recommend {

class ScoreBoard {
 public:
  // Every score starts at 0. Scores stay within +-2^47: see README.md, "Invariants".
  explicit ScoreBoard(uint32_t item_count) : scores_(item_count) {}

  uint32_t size() const { return static_cast<uint32_t>(scores_.size()); }

  // REQUIRES: item < size().
  int64_t Of(ItemIndex item) const { return scores_[item]; }
  void Add(ItemIndex item, int64_t points) { scores_[item] += points; }

  // The first item from `from` on that has `score` or more, any number; size() when there is none.
  ItemIndex NextAtLeast(ItemIndex from, int64_t score) const;

 private:
  std::vector<int64_t> scores_;  // [n]
};

}  // namespace baya::recommend
