// Every item's score, kept up to date, and those above a bar found quickly.
//
// Beside each score lies its upper half: sixty-four of them are compared in sixteen instructions,
// so that a shelf looks closely only at items that may be on it.
#pragma once

#include <cstdint>
#include <vector>

#include "recommend/interaction.h"

namespace baya::recommend {

class ScoreBoard {
 public:
  // Every score starts at 0. Scores stay within +-2^47: see README.md, "Invariants".
  explicit ScoreBoard(uint32_t item_count);

  uint32_t size() const { return static_cast<uint32_t>(scores_.size()); }

  // REQUIRES: item < size().
  int64_t Of(ItemIndex item) const { return scores_[item]; }
  void Add(ItemIndex item, int64_t points) {
    scores_[item] += points;
    coarse_[item] = Coarse(scores_[item]);
  }

  // The first item from `from` on that may have `score` or more, any number; size() when there is
  // none. What it passes over has less.
  ItemIndex NextAtLeast(ItemIndex from, int64_t score) const;

 private:
  // Rounded down, so that a >= b implies Coarse(a) >= Coarse(b).
  static int32_t Coarse(int64_t score) { return static_cast<int32_t>(score >> 17); }

  std::vector<int64_t> scores_;  // [n]
  std::vector<int32_t> coarse_;  // [n rounded up to whole blocks]
};

}  // namespace baya::recommend
