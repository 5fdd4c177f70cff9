// A place on a shelf, and what put an item there.
#pragma once

#include <cstdint>
#include <vector>

#include "pack/attributes.h"
#include "recommend/interaction.h"

namespace baya::recommend {

using pack::AttributeId;

enum class Reason : uint8_t {
  kHistory = 1,    // ref: the item that the visitor looked at, bought or liked
  kAttribute = 2,  // ref: the AttributeId that the visitor leans to
  kBuyAgain = 3,
  kPopular = 4,
  kTrending = 5,
  kSession = 6,     // ref: an item of the present visit
  kVariety = 16,    // taken off for what is like it on the same shelf
  kPromoted = 17,   // by the shop
  kExploring = 18,  // ref: the AttributeId of the kind that the person is to try
};

struct Contribution {
  Reason reason = Reason::kPopular;
  uint32_t ref = 0;  // 0 where the reason names none
  int64_t points = 0;
};

struct RankedItem {
  ItemIndex item = 0;
  AttributeId explored = 0;  // the kind that `exploring` is for
  int64_t score = 0;         // in 2^-30 of the table's weight 1; comparable within one pack
  int64_t variety = 0;       // the part of `score` that is Reason::kVariety; at most 0
  int64_t promoted = 0;      // likewise of Reason::kPromoted; at least 0
  int64_t exploring = 0;     // likewise of Reason::kExploring; at least 0
};

// The order of a shelf. Ties go to the lower index, which the trainer gives to the more popular.
inline constexpr auto kBetter = [](const RankedItem& a, const RankedItem& b) {
  return a.score != b.score ? a.score > b.score : a.item < b.item;
};

}  // namespace baya::recommend
