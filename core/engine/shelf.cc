#include "engine/shelf.h"

#include <optional>
#include <utility>

#include "engine/limits.h"

namespace baya::engine {
namespace {

using profile::EventKind;
using recommend::AttributeId;
using recommend::InteractionKind;

std::optional<InteractionKind> KindOf(EventKind kind) {
  switch (kind) {
    case EventKind::kProductViewed:
      return InteractionKind::kViewed;
    case EventKind::kProductClicked:
      return InteractionKind::kClicked;
    case EventKind::kProductAdded:
      return InteractionKind::kAdded;
    case EventKind::kProductRemoved:
      return InteractionKind::kRemoved;
    case EventKind::kOrderCompleted:
      return InteractionKind::kOrdered;
    case EventKind::kProductLiked:
      return InteractionKind::kLiked;
    case EventKind::kProductDisliked:
      return InteractionKind::kDisliked;
    default:
      return std::nullopt;
  }
}

// A person's word for an interest is a share of all dealings. The recommender counts in fresh
// purchases, 1024 each: all dealings stand for ten, where its logarithm has flattened out.
constexpr uint32_t kPurchasesOfAll = 10;

int32_t LeaningQ10(uint32_t permille) {
  return static_cast<int32_t>(permille * kPurchasesOfAll * 1024 / 1000);
}

constexpr std::string_view kLikes = "likes_";

std::string_view CodeOf(pack::AttributeKind kind) {
  switch (kind) {
    case pack::AttributeKind::kCategory:
      return "likes_category";
    case pack::AttributeKind::kBrand:
      return "likes_brand";
    case pack::AttributeKind::kTag:
      return "likes_tag";
    case pack::AttributeKind::kWord:
      return "likes_word";
    case pack::AttributeKind::kPriceBand:
      return "likes_price";
    case pack::AttributeKind::kRegion:
      break;  // of no weight, so that it is nobody's reason
  }
  return "likes";
}

}  // namespace

Result<Shelf> Shelf::Create(const pack::SitePack& pack, const SitePlan& plan) {
  BAYA_ASSIGN_OR_RETURN(auto&& recommender, recommend::Recommender::Create(pack));
  Shelf shelf(*pack.shop(), plan, std::move(recommender));
  shelf.MarkStale();
  return shelf;
}

Shelf::Shelf(const pack::Shop& shop, const SitePlan& plan, recommend::Recommender recommender)
    : shop_(&shop), plan_(&plan), recommender_(std::move(recommender)) {
  for (const SitePromotion& promotion : plan.promotions) {
    const std::optional<pack::ItemIndex> item = catalogue().Find(promotion.item);
    if (!item) continue;  // not in the catalogue any more
    promotions_.push_back({*item, promotion.place, int64_t{promotion.boost} << 18});
  }
}

Status Shelf::BePlain() {
  if (plain_) return OkStatus();
  plain_ = true;
  ranked_.clear();
  MarkStale();
  may_explore_ = false;
  recommender_.Forget();
  return ClearDeclared();
}

void Shelf::MarkStale() {
  missing_ = kMaxRankedInteractions;
  wants_interests_ = true;
  wants_deeds_ = true;
}

void Shelf::NoteNewer(size_t dealings) {
  if (wants_interests_) return;  // stale already
  wants_deeds_ = true;
  missing_ += dealings;
  if (taken_ + missing_ > kMaxRankedInteractions) MarkStale();
}

Status Shelf::TakeHistory(std::span<const profile::Interaction> history, int64_t now_ms) {
  if (wants_interests_) {
    recommender_.Forget();
    taken_ = 0;
  }
  plain_ = false;
  for (const profile::Interaction& dealing : history) {
    const std::optional<InteractionKind> kind = KindOf(dealing.kind);
    const std::optional<pack::ItemIndex> item = catalogue().Find(dealing.item);
    if (!kind || !item) continue;  // not in this pack, or not any more
    const bool opinion = *kind == InteractionKind::kLiked || *kind == InteractionKind::kDisliked;
    const uint16_t weight = dealing.unlearned && !opinion ? 0 : 1000;
    BAYA_RETURN_IF_ERROR(recommender_.Add({*item, *kind, dealing.time_ms, weight}, now_ms));
  }
  taken_ += history.size();
  missing_ = 0;
  return OkStatus();
}

Status Shelf::ClearDeclared() {
  explores_ = true;
  recommender_.exploration().ClearMuted();
  for (const AttributeId attribute : std::exchange(declared_, {})) {
    BAYA_RETURN_IF_ERROR(recommender_.Declare(attribute, std::nullopt));
  }
  for (const pack::ItemIndex item : std::exchange(muted_, {})) {
    BAYA_RETURN_IF_ERROR(recommender_.Mute(item, false));
  }
  return OkStatus();
}

Status Shelf::TakeInterests(std::span<const profile::Interest> interests) {
  wants_interests_ = false;
  BAYA_RETURN_IF_ERROR(ClearDeclared());
  for (const profile::Interest& interest : interests) {
    if (!interest.corrected) continue;
    const auto kind = interest.kind == profile::InterestKind::kCategory
                          ? pack::AttributeKind::kCategory
                          : pack::AttributeKind::kBrand;
    BAYA_RETURN_IF_ERROR(Declare(kind, interest.name, LeaningQ10(interest.permille)));
  }
  return OkStatus();
}

Status Shelf::Declare(pack::AttributeKind kind, std::string_view name, int32_t leaning_q10) {
  const std::optional<AttributeId> attribute = shop_->attributes.Find(kind, name);
  if (!attribute) return OkStatus();
  declared_.push_back(*attribute);
  return recommender_.Declare(*attribute, leaning_q10);
}

// "item.85123A", "tag.vegan": profile/fields.h.
Status Shelf::TakeMuted(std::span<const std::string> reasons) {
  for (const std::string_view reason : reasons) {
    const size_t dot = reason.find('.');
    if (dot == std::string_view::npos) explores_ = false;  // kExploringReason, of no one kind
    const std::string_view kind = reason.substr(0, dot);
    const std::string_view name = reason.substr(dot + 1);
    if (kind == "item") {
      const std::optional<pack::ItemIndex> item = catalogue().Find(name);
      if (!item) continue;
      muted_.push_back(*item);
      BAYA_RETURN_IF_ERROR(recommender_.Mute(*item, true));
    }
    if (kind == profile::kExploringReason) {
      const auto category = shop_->attributes.Find(pack::AttributeKind::kCategory, name);
      if (category) recommender_.exploration().Mute(*category);
    }
    for (uint8_t i = 1; i <= static_cast<uint8_t>(pack::AttributeKind::kPriceBand); ++i) {
      const auto attribute = static_cast<pack::AttributeKind>(i);
      if (CodeOf(attribute).substr(kLikes.size()) != kind) continue;
      BAYA_RETURN_IF_ERROR(Declare(attribute, name, 0));
    }
  }
  return OkStatus();
}

void Shelf::TakeDeeds(std::span<const profile::Deed> deeds, int64_t now_ms) {
  wants_deeds_ = false;
  deeds_day_ = recommend::DayOf(now_ms);
  recommend::Exposure& exposure = recommender_.exposure();
  exposure.Clear();
  for (const profile::Deed& deed : deeds) {
    const std::optional<pack::ItemIndex> item = catalogue().Find(deed.item);
    if (!item || deed.kind == EventKind::kProductDisliked) continue;
    if (deed.kind == EventKind::kProductListViewed) {
      exposure.Show(*item, recommend::DayOf(deed.time_ms));
    } else {
      exposure.Take(*item);
    }
  }
}

void Shelf::TakeTrials(const Result<std::vector<profile::Trials>>& trials) {
  recommend::Exploration& exploration = recommender_.exploration();
  exploration.ForgetBeliefs();
  may_explore_ = trials.ok();
  if (!trials.ok()) return;
  for (const auto& [kind, taken, dismissed, left] : *trials) {
    const auto attribute = shop_->attributes.Find(pack::AttributeKind::kCategory, kind);
    if (!attribute) continue;  // not in this pack, or not any more
    exploration.Believe(*attribute, recommend::BeliefOf(taken, left, dismissed));
  }
}

recommend::ShelfRequest Shelf::RequestOf(const ShelfWish& wish) const {
  const pack::Attributes& attributes = shop_->attributes;
  recommend::ShelfRequest request;
  request.k = wish.limit;
  request.adult = wish.adult;
  request.region = attributes.Find(pack::AttributeKind::kRegion, wish.region);
  request.varied = !wish.plain;
  request.asked = attributes.Find(pack::AttributeKind::kCategory, wish.category);
  if (request.varied) request.promotions = promotions_;
  if (may_explore_ && explores_) {
    request.exploring = wish.limit * plan_->exploration_permille / 1000;
    request.seed = wish.seed;
  }
  return request;
}

Result<std::span<const recommend::RankedItem>> Shelf::Rank(const ShelfWish& wish, int64_t now_ms) {
  std::vector<pack::ItemIndex> excluded;
  for (const std::string_view id : wish.exclude) {
    if (const std::optional<pack::ItemIndex> item = catalogue().Find(id)) excluded.push_back(*item);
  }
  recommend::ShelfRequest request = RequestOf(wish);
  request.exclude = excluded;
  BAYA_RETURN_IF_ERROR(recommender_.Recommend(request, now_ms, ranked_));
  return std::span<const recommend::RankedItem>(ranked_);
}

Result<recommend::Explanation> Shelf::Explain(recommend::ItemIndex item, int64_t now_ms) {
  recommend::RankedItem place{.item = item};
  for (const recommend::RankedItem& ranked : ranked_) {
    if (ranked.item == item) place = ranked;
  }
  return recommender_.Explain(place, now_ms);
}

std::string_view Shelf::WhyWithheld(recommend::ItemIndex item) const {
  const auto reason = recommender_.Withholds(item, RequestOf({.limit = 1}));
  return reason ? recommend::WithheldName(*reason) : std::string_view();
}

std::string_view Shelf::TextOfPromotion(recommend::ItemIndex item) const {
  for (const SitePromotion& promotion : plan_->promotions) {
    if (promotion.item == catalogue().id(item)) return promotion.reason;
  }
  return {};
}

ReasonText Shelf::TextOf(const recommend::Contribution& contribution) const {
  switch (contribution.reason) {
    case recommend::Reason::kHistory:
      return {"bought_together", catalogue().id(contribution.ref)};
    case recommend::Reason::kAttribute: {
      const auto attribute = static_cast<AttributeId>(contribution.ref);
      return {CodeOf(shop_->attributes.kind(attribute)), shop_->attributes.name(attribute)};
    }
    case recommend::Reason::kSession:
      return {"just_viewed", catalogue().id(contribution.ref)};
    case recommend::Reason::kBuyAgain:
      return {"bought_again", ""};
    case recommend::Reason::kPopular:
      return {"popular", ""};
    case recommend::Reason::kTrending:
      return {"trending", ""};
    case recommend::Reason::kVariety:
      return {"variety", ""};
    case recommend::Reason::kPromoted:
      return {"promoted", TextOfPromotion(contribution.ref)};
    case recommend::Reason::kExploring:
      return {"exploring", shop_->attributes.name(static_cast<AttributeId>(contribution.ref))};
  }
  return {"popular", ""};
}

}  // namespace baya::engine
