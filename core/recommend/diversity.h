// A shelf that does not show the same thing ten times: a cap on each category, and less for an item
// the more what is already chosen speaks for it.
//
// Source of the second: Carbonell & Goldstein, "The Use of MMR, Diversity-Based Reranking for
// Reordering Documents and Producing Summaries", SIGIR 1998. Relevance is the score; similarity is
// the weight that the pack's table stores, so that both are in the same units. Their factor is a
// quarter: what is on the shelf counts against an item as much as a view of it counts for it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pack/site_pack.h"
#include "recommend/ranked_item.h"

namespace baya::recommend {

// How many of k items may share a category: three of ten.
constexpr uint32_t CategoryCap(uint32_t k) { return (3 * k + 9) / 10; }

// Chooses at most `k` of `pool`, and gives them best first.
//
//   pool     best first, without `variety`
//   asked    a category that may fill the shelf; nullopt: none
//   is_all   nothing else is to be shown: places that the cap leaves empty are filled past it.
//            Otherwise fewer than k mean that a larger pool is needed.
//
// Categories are the attributes of kind kCategory; an item counts in each of its own.
std::vector<RankedItem> Diversify(const pack::Shop& shop, std::vector<RankedItem> pool, uint32_t k,
                                  std::optional<AttributeId> asked, bool is_all);

}  // namespace baya::recommend
