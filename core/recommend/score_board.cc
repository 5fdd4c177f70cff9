#include "recommend/score_board.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace baya::recommend {
namespace {

constexpr size_t kBlock = 16;

// Two numbers of one register, and the eight registers of a block: written out, because what is
// built small gets no vectors of its own.
using Lanes = int64_t __attribute__((vector_size(16)));

Lanes Load(const int64_t* two) {
  Lanes lanes;
  std::memcpy(&lanes, two, sizeof lanes);
  return lanes;
}

// The difference from what is just below the bar is negative: scores and bars are within +-2^48.
bool AnyAtLeast(const int64_t* block, int64_t bar) {
  const Lanes below = {bar - 1, bar - 1};
  const Lanes found = (below - Load(block)) | (below - Load(block + 2)) |
                      (below - Load(block + 4)) | (below - Load(block + 6)) |
                      (below - Load(block + 8)) | (below - Load(block + 10)) |
                      (below - Load(block + 12)) | (below - Load(block + 14));
  return (found[0] | found[1]) < 0;
}

}  // namespace

ItemIndex ScoreBoard::NextAtLeast(ItemIndex from, int64_t score) const {
  constexpr int64_t kBound = int64_t{1} << 48;  // of every score
  const int64_t bar = std::clamp(score, -kBound, kBound);
  const int64_t* const scores = scores_.data();
  const size_t count = scores_.size();
  size_t item = from;
  while (item < count) {
    if (item % kBlock == 0) {
      while (item + kBlock <= count && !AnyAtLeast(scores + item, bar)) item += kBlock;
      if (item == count) break;
    }
    if (scores[item] >= bar) break;
    ++item;
  }
  return static_cast<ItemIndex>(item);
}

}  // namespace baya::recommend
