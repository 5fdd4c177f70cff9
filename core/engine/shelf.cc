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
  }
  return "likes";
}

bool SameKind(pack::AttributeKind attribute, profile::InterestKind interest) {
  return attribute == (interest == profile::InterestKind::kCategory ? pack::AttributeKind::kCategory
                                                                    : pack::AttributeKind::kBrand);
}

}  // namespace

Result<Shelf> Shelf::Create(const pack::SitePack& pack) {
  BAYA_ASSIGN_OR_RETURN(auto&& recommender, recommend::Recommender::Create(pack));
  Shelf shelf(*pack.shop(), std::move(recommender));
  shelf.MarkStale();
  return shelf;
}

Status Shelf::BePlain() {
  if (plain_) return OkStatus();
  plain_ = true;
  MarkStale();
  recommender_.Forget();
  return ClearDeclared();
}

void Shelf::MarkStale() {
  missing_ = kMaxRankedInteractions;
  wants_interests_ = true;
}

void Shelf::NoteNewer(size_t dealings) {
  if (wants_interests_) return;  // stale already
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
    BAYA_RETURN_IF_ERROR(recommender_.Add({*item, *kind, dealing.time_ms}, now_ms));
  }
  taken_ += history.size();
  missing_ = 0;
  return OkStatus();
}

Status Shelf::ClearDeclared() {
  for (const AttributeId attribute : std::exchange(declared_, {})) {
    BAYA_RETURN_IF_ERROR(recommender_.Declare(attribute, std::nullopt));
  }
  return OkStatus();
}

Status Shelf::TakeInterests(std::span<const profile::Interest> interests) {
  wants_interests_ = false;
  BAYA_RETURN_IF_ERROR(ClearDeclared());
  for (const profile::Interest& interest : interests) {
    if (!interest.corrected) continue;
    for (uint32_t i = 0; i < shop_->attributes.attribute_count(); ++i) {
      const auto attribute = static_cast<AttributeId>(i);
      if (!SameKind(shop_->attributes.kind(attribute), interest.kind)) continue;
      if (shop_->attributes.name(attribute) != interest.name) continue;
      BAYA_RETURN_IF_ERROR(recommender_.Declare(attribute, LeaningQ10(interest.permille)));
      declared_.push_back(attribute);
    }
  }
  return OkStatus();
}

Result<std::vector<recommend::RankedItem>> Shelf::Rank(uint32_t limit,
                                                       std::span<const std::string_view> exclude,
                                                       int64_t now_ms) {
  std::vector<pack::ItemIndex> excluded;
  for (const std::string_view id : exclude) {
    if (const std::optional<pack::ItemIndex> item = catalogue().Find(id)) excluded.push_back(*item);
  }
  recommend::ShelfRequest request;
  request.k = limit;
  request.exclude = excluded;
  return recommender_.Recommend(request, now_ms);
}

Result<recommend::Explanation> Shelf::Explain(recommend::ItemIndex item, int64_t now_ms) {
  return recommender_.Explain(item, now_ms);
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
  }
  return {"popular", ""};
}

}  // namespace baya::engine
