#include "recommend/diversity.h"

#include <algorithm>
#include <cstddef>

#include "recommend/fixed_point.h"

namespace baya::recommend {
namespace {

constexpr int64_t kFactorQ10 = kOneQ10 / 4;  // the strength of a view

}  // namespace

bool MayStand(const pack::Shop& shop, ItemIndex item, const std::vector<RankedItem>& shelf) {
  const uint32_t cap = CategoryCap(static_cast<uint32_t>(shelf.size()));
  for (const AttributeId attribute : shop.attributes.of(item)) {
    if (shop.attributes.kind(attribute) != pack::AttributeKind::kCategory) continue;
    uint32_t taken = 0;
    for (const RankedItem& other : shelf) {
      if (other.item == item) return false;
      const auto theirs = shop.attributes.of(other.item);
      taken += std::binary_search(theirs.begin(), theirs.end(), attribute) ? 1 : 0;
    }
    if (taken >= cap) return false;
  }
  return true;
}

VariedShelf::VariedShelf(const pack::Shop& shop)
    : shop_(&shop), is_chosen_(shop.catalogue.size()), taken_(shop.attributes.attribute_count()) {}

void VariedShelf::Start(uint32_t k, std::optional<AttributeId> asked) {
  k_ = k;
  asked_ = asked;
  capped_ = true;
  for (const RankedItem& item : shelf_) is_chosen_[item.item] = false;
  shelf_.clear();
  std::fill(taken_.begin(), taken_.end(), 0);
}

bool VariedShelf::IsFull(AttributeId attribute) const {
  return capped_ && attribute != asked_ &&
         taken_[attribute] >= CategoryCap(static_cast<uint32_t>(k_)) &&
         shop_->attributes.kind(attribute) == pack::AttributeKind::kCategory;
}

bool VariedShelf::MayTake(ItemIndex item) const {
  if (is_chosen_[item]) return false;
  for (const AttributeId attribute : shop_->attributes.of(item)) {
    if (IsFull(attribute)) return false;
  }
  return true;
}

// Never above 0: an item that speaks against another makes it no better.
int64_t VariedShelf::Variety(ItemIndex item) const {
  const auto sources = shop_->model.sources(item);
  const auto weights = shop_->model.weights(item);
  int64_t most = 0;
  for (size_t i = 0; i < sources.size(); ++i) {
    if (is_chosen_[sources[i]]) most = std::max<int64_t>(most, weights[i]);
  }
  return -most * shop_->model.scale(item) * kFactorQ10;
}

// The pool falls in score, and variety only takes off: what follows cannot be better any more.
size_t VariedShelf::FindBest(const std::vector<RankedItem>& pool) const {
  size_t best = pool.size();
  RankedItem found;
  for (size_t i = 0; i < pool.size(); ++i) {
    RankedItem candidate = pool[i];
    if (best < pool.size() && !kBetter(candidate, found)) break;
    if (!MayTake(candidate.item)) continue;
    candidate.score += Variety(candidate.item);
    if (best < pool.size() && !kBetter(candidate, found)) continue;
    best = i;
    found = candidate;
  }
  return best;
}

void VariedShelf::Put(RankedItem item) {
  item.variety = Variety(item.item);
  item.score += item.variety;
  is_chosen_[item.item] = true;
  for (const AttributeId attribute : shop_->attributes.of(item.item)) ++taken_[attribute];
  shelf_.push_back(item);
  std::push_heap(shelf_.begin(), shelf_.end(), kBetter);
}

void VariedShelf::Take(const std::vector<RankedItem>& pool) {
  while (Missing() > 0) {
    const size_t best = FindBest(pool);
    if (best == pool.size()) return;
    Put(pool[best]);
  }
}

void VariedShelf::Finish(std::vector<RankedItem>& shelf) {
  shelf = shelf_;
  std::sort_heap(shelf.begin(), shelf.end(), kBetter);
}

}  // namespace baya::recommend
