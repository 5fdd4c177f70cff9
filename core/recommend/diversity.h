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

// Whether the item may join these: it is not among them, and none of its categories is at its cap.
bool MayStand(const pack::Shop& shop, ItemIndex item, const std::vector<RankedItem>& shelf);

// A shelf that is filled from pools, one after the other; its memory serves one shelf after the
// other.
//
// Categories are the attributes of kind kCategory; an item counts in each of its own.
class VariedShelf {
 public:
  // Borrows `shop`.
  explicit VariedShelf(const pack::Shop& shop);

  // Begins an empty shelf of at most `k` places. `asked`: a category that may fill it; nullopt:
  // none.
  void Start(uint32_t k, std::optional<AttributeId> asked);

  size_t Missing() const { return k_ - shelf_.size(); }

  // Whether the item is not on the shelf yet and none of its categories is at its cap.
  bool MayTake(ItemIndex item) const;

  // From now on no category has a cap: nothing else is left to show.
  void LiftCap() { capped_ = false; }

  // Chooses of `pool`, best first and without `variety`, until the shelf is full or nothing fits.
  void Take(const std::vector<RankedItem>& pool);

  // Best first. Ends the shelf.
  void Finish(std::vector<RankedItem>& shelf);

 private:
  bool IsFull(AttributeId attribute) const;
  int64_t Variety(ItemIndex item) const;
  size_t FindBest(const std::vector<RankedItem>& pool) const;
  void Put(RankedItem item);

  const pack::Shop* shop_;
  size_t k_ = 0;
  std::optional<AttributeId> asked_;
  bool capped_ = true;
  std::vector<RankedItem> shelf_;  // a heap with the worst at its front
  std::vector<bool> is_chosen_;    // by item
  std::vector<uint32_t> taken_;    // by attribute
};

}  // namespace baya::recommend
