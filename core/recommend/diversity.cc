#include "recommend/diversity.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/sort.h"
#include "recommend/fixed_point.h"

namespace baya::recommend {
namespace {

constexpr int64_t kFactorQ10 = kOneQ10 / 4;  // the strength of a view

class Choosing {
 public:
  Choosing(const pack::Shop& shop, std::vector<RankedItem> pool, uint32_t k,
           std::optional<AttributeId> asked)
      : shop_(shop),
        pool_(std::move(pool)),
        k_(k),
        asked_(asked),
        is_chosen_(shop.catalogue.size()),
        taken_(shop.attributes.attribute_count()) {}

  void Fill(bool capped) {
    while (shelf_.size() < k_) {
      const size_t best = FindBest(capped);
      if (best == pool_.size()) return;
      Take(best);
    }
  }

  std::vector<RankedItem> Finish() && {
    StableSort(shelf_, Better);
    return std::move(shelf_);
  }

 private:
  bool IsCapped(AttributeId attribute) const {
    return shop_.attributes.kind(attribute) == pack::AttributeKind::kCategory &&
           attribute != asked_ && taken_[attribute] >= CategoryCap(k_);
  }

  bool FitsCap(ItemIndex item) const {
    for (const AttributeId attribute : shop_.attributes.of(item)) {
      if (IsCapped(attribute)) return false;
    }
    return true;
  }

  // Never above 0: an item that speaks against another makes it no better.
  int64_t Variety(ItemIndex item) const {
    const auto sources = shop_.model.sources(item);
    const auto weights = shop_.model.weights(item);
    int64_t most = 0;
    for (size_t i = 0; i < sources.size(); ++i) {
      if (is_chosen_[sources[i]]) most = std::max<int64_t>(most, weights[i]);
    }
    return -most * shop_.model.scale(item) * kFactorQ10;
  }

  // The pool falls in score, and variety only takes off: what follows cannot be better any more.
  size_t FindBest(bool capped) {
    size_t best = pool_.size();
    RankedItem found;
    for (size_t i = 0; i < pool_.size(); ++i) {
      RankedItem candidate = pool_[i];
      if (best < pool_.size() && !Better(candidate, found)) break;
      if (is_chosen_[candidate.item] || (capped && !FitsCap(candidate.item))) continue;
      candidate.variety = Variety(candidate.item);
      candidate.score += candidate.variety;
      if (best < pool_.size() && !Better(candidate, found)) continue;
      best = i;
      found = candidate;
    }
    return best;
  }

  void Take(size_t place) {
    RankedItem chosen = pool_[place];
    chosen.variety = Variety(chosen.item);
    chosen.score += chosen.variety;
    is_chosen_[chosen.item] = true;
    for (const AttributeId attribute : shop_.attributes.of(chosen.item)) ++taken_[attribute];
    shelf_.push_back(chosen);
  }

  const pack::Shop& shop_;
  std::vector<RankedItem> pool_;
  uint32_t k_;
  std::optional<AttributeId> asked_;
  std::vector<RankedItem> shelf_;
  std::vector<bool> is_chosen_;  // by item
  std::vector<uint32_t> taken_;  // by attribute
};

}  // namespace

std::vector<RankedItem> Diversify(const pack::Shop& shop, std::vector<RankedItem> pool, uint32_t k,
                                  std::optional<AttributeId> asked, bool is_all) {
  Choosing choosing(shop, std::move(pool), k, asked);
  choosing.Fill(true);
  if (is_all) choosing.Fill(false);
  return std::move(choosing).Finish();
}

}  // namespace baya::recommend
