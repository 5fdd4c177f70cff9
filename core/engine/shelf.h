// The ranking of one pack's items, for the person or for anybody, kept up to date as events come.
//
// What it holds of the person came through the gate of `personalize` and is in memory alone.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/status.h"
#include "pack/site_pack.h"
#include "profile/interest.h"
#include "profile/profile.h"
#include "recommend/recommender.h"

namespace baya::engine {

struct ReasonText {
  std::string_view code;     // "bought_together", "likes_category", ..., "popular"
  std::string_view because;  // the item or attribute; borrowed from the pack
};

class Shelf {
 public:
  // `pack` must outlive the shelf. Errors: kFailedPrecondition (a pack that ranks nothing).
  static Result<Shelf> Create(const pack::SitePack& pack);

  // From now on without anything of the person.
  Status BePlain();

  // How many of the newest dealings are to be taken in before the shelf is the person's.
  size_t missing() const { return missing_; }
  // They, newest first; after MarkStale that is all there are, up to kMaxRankedInteractions.
  Status TakeHistory(std::span<const profile::Interaction> history, int64_t now_ms);
  // After MarkStale, what the person said of categories and brands as well.
  bool wants_interests() const { return wants_interests_; }
  Status TakeInterests(std::span<const profile::Interest> interests);

  // `dealings` more have come, newer than all before.
  void NoteNewer(size_t dealings);
  // The history has changed in another way.
  void MarkStale();

  // As recommend::Recommender; `exclude` holds ids of items, unknown ones are no matter.
  Result<std::vector<recommend::RankedItem>> Rank(uint32_t limit,
                                                  std::span<const std::string_view> exclude,
                                                  int64_t now_ms);
  Result<recommend::Explanation> Explain(recommend::ItemIndex item, int64_t now_ms);

  ReasonText TextOf(const recommend::Contribution& contribution) const;
  const pack::Catalogue& catalogue() const { return shop_->catalogue; }

 private:
  Shelf(const pack::Shop& shop, recommend::Recommender recommender)
      : shop_(&shop), recommender_(std::move(recommender)) {}

  Status ClearDeclared();

  const pack::Shop* shop_;
  recommend::Recommender recommender_;
  bool plain_ = true;
  bool wants_interests_ = true;
  size_t missing_ = 0;
  size_t taken_ = 0;
  std::vector<recommend::AttributeId> declared_;
};

}  // namespace baya::engine
