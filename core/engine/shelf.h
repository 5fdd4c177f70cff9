// The ranking of one pack's items, for the person or for anybody, kept up to date as events come.
//
// What it holds of the person came through the gate of `personalize` and is in memory alone.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/status.h"
#include "engine/site_plan.h"
#include "pack/site_pack.h"
#include "profile/interest.h"
#include "profile/profile.h"
#include "recommend/recommender.h"

namespace baya::engine {

struct ReasonText {
  std::string_view code;     // "bought_together", "likes_category", ..., "popular"
  std::string_view because;  // the item or attribute; borrowed from the pack
};

// What the page asks for; ids and names that the pack does not have are no matter, but for a
// region, where only what is sold everywhere is then shown.
struct ShelfWish {
  uint32_t limit = 0;
  std::span<const std::string_view> exclude{};
  std::string_view category{};  // may fill the shelf; empty: none
  std::string_view region{};    // empty: not said
  bool adult = false;
  bool plain = false;  // by score alone
  uint64_t seed = 0;   // recommend::ShelfRequest::seed
};

class Shelf {
 public:
  // Both must outlive the shelf. Errors: kFailedPrecondition (a pack that ranks nothing).
  static Result<Shelf> Create(const pack::SitePack& pack, const SitePlan& plan);

  // From now on without anything of the person.
  Status BePlain();

  // How many of the newest dealings are to be taken in before the shelf is the person's.
  size_t missing() const { return missing_; }
  // They, newest first; after MarkStale that is all there are, up to kMaxRankedInteractions.
  Status TakeHistory(std::span<const profile::Interaction> history, int64_t now_ms);
  // After MarkStale, what the person said of categories, brands and reasons as well.
  bool wants_interests() const { return wants_interests_; }
  Status TakeInterests(std::span<const profile::Interest> interests);
  Status TakeMuted(std::span<const std::string> reasons);
  // After every event and on every new day, what was shown and what became of it, oldest first; and
  // what became of what was tried out on the person.
  bool wants_deeds(int64_t now_ms) const {
    return wants_deeds_ || deeds_day_ != recommend::DayOf(now_ms);
  }
  void TakeDeeds(std::span<const profile::Deed> deeds, int64_t now_ms);
  // Nothing is to be tried out where that is not for ranking.
  void TakeTrials(const Result<std::vector<profile::Trials>>& trials);

  // `dealings` more have come, newer than all before.
  void NoteNewer(size_t dealings);
  // The history has changed in another way.
  void MarkStale();

  // As recommend::Recommender.
  // Borrowed from the shelf until the next call.
  Result<std::span<const recommend::RankedItem>> Rank(const ShelfWish& wish, int64_t now_ms);
  // With what its place on the shelf that was ranked last adds to its score, if it was there.
  Result<recommend::Explanation> Explain(recommend::ItemIndex item, int64_t now_ms);
  // Why no shelf shows the item; empty when it may be shown.
  std::string_view WhyWithheld(recommend::ItemIndex item) const;

  ReasonText TextOf(const recommend::Contribution& contribution) const;
  const pack::Catalogue& catalogue() const { return shop_->catalogue; }

 private:
  Shelf(const pack::Shop& shop, const SitePlan& plan, recommend::Recommender recommender);

  Status ClearDeclared();
  Status Declare(pack::AttributeKind kind, std::string_view name, int32_t leaning_q10);
  std::string_view TextOfPromotion(recommend::ItemIndex item) const;
  recommend::ShelfRequest RequestOf(const ShelfWish& wish) const;

  const pack::Shop* shop_;
  const SitePlan* plan_;
  std::vector<recommend::Promotion> promotions_;
  recommend::Recommender recommender_;
  bool plain_ = true;
  bool wants_interests_ = true;
  bool wants_deeds_ = true;
  int64_t deeds_day_ = 0;
  bool may_explore_ = false;
  bool explores_ = true;  // the person has not muted it
  size_t missing_ = 0;
  size_t taken_ = 0;
  std::vector<recommend::AttributeId> declared_;
  std::vector<recommend::ItemIndex> muted_;
  std::vector<recommend::RankedItem> ranked_;  // last
};

}  // namespace baya::engine
