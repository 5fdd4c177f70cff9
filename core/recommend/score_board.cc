#include "recommend/score_board.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace baya::recommend {
namespace {

constexpr size_t kBlock = 64;

// Four numbers of one register: written out, because what is built small gets no vectors of its
// own.
using Lanes = int32_t __attribute__((vector_size(16)));

bool AnyAtLeast(const int32_t* block, int32_t bar) {
  const Lanes bars = {bar, bar, bar, bar};
  Lanes found = {};
  for (size_t i = 0; i < kBlock; i += 4) {
    Lanes four;
    std::memcpy(&four, block + i, sizeof four);
    found |= four >= bars;
  }
  return (found[0] | found[1] | found[2] | found[3]) != 0;
}

}  // namespace

ScoreBoard::ScoreBoard(uint32_t item_count)
    : scores_(item_count), coarse_((item_count + kBlock - 1) / kBlock * kBlock, INT32_MIN) {
  for (uint32_t item = 0; item < item_count; ++item) coarse_[item] = 0;
}

ItemIndex ScoreBoard::NextAtLeast(ItemIndex from, int64_t score) const {
  constexpr int64_t kBound = int64_t{1} << 47;  // of every score
  const int32_t bar = Coarse(std::clamp(score, -kBound, kBound));
  size_t item = from;
  const auto reached = [&] { return item < scores_.size() && coarse_[item] >= bar; };
  for (; item % kBlock != 0 && item < scores_.size(); ++item) {
    if (reached()) return static_cast<ItemIndex>(item);
  }
  while (item < scores_.size() && !AnyAtLeast(&coarse_[item], bar)) item += kBlock;
  while (item < scores_.size() && !reached()) ++item;
  return item < scores_.size() ? static_cast<ItemIndex>(item) : size();
}

}  // namespace baya::recommend
