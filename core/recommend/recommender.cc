#include "recommend/recommender.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "base/sort.h"
#include "recommend/back_fill.h"
#include "recommend/buy_again.h"
#include "recommend/promotions.h"
#include "recommend/repeat_card.h"

namespace baya::recommend {
namespace {

constexpr uint32_t kMaxShelf = 1000;
constexpr Status kNoSuchItem =
    kError<StatusCode::kInvalidArgument, "the site pack has no such item">;

// Keeps the k best in a heap whose front is the worst of them.
void Offer(const RankedItem& candidate, size_t k, std::vector<RankedItem>& best) {
  if (best.size() < k) {
    best.push_back(candidate);
    std::push_heap(best.begin(), best.end(), Better);
  } else if (Better(candidate, best.front())) {
    std::pop_heap(best.begin(), best.end(), Better);
    best.back() = candidate;
    std::push_heap(best.begin(), best.end(), Better);
  }
}

void Append(Reason reason, uint32_t ref, int64_t points, Explanation& explanation) {
  if (points == 0) return;
  explanation.contributions.push_back({reason, ref, points});
  explanation.score += points;
}

}  // namespace

Result<Recommender> Recommender::Create(const pack::SitePack& pack) {
  if (pack.shop() == nullptr) {
    return kError<StatusCode::kFailedPrecondition, "the site pack has no shop to rank">;
  }
  return Recommender(*pack.shop());
}

Recommender::Recommender(const pack::Shop& shop)
    : shop_(&shop),
      board_(shop.catalogue.size()),
      history_(shop.catalogue.size(), shop.model.blend().half_life_days),
      spoken_q10_(shop.catalogue.size()),
      table_(shop.model),
      affinity_(shop.attributes, shop.model.blend().attribute),
      session_(shop.session ? &*shop.session : nullptr),
      muted_(shop.catalogue.size()),
      excluded_(shop.catalogue.size()) {
  const pack::Blend& blend = shop.model.blend();
  for (ItemIndex item = 0; item < board_.size(); ++item) {
    board_.Add(item, PopularityScore(shop.popularity, blend, item) +
                         TrendScore(shop.popularity, blend, item));
  }
}

Status Recommender::Add(const Interaction& interaction, int64_t now_ms) {
  if (interaction.item >= shop_->catalogue.size()) return kNoSuchItem;
  MoveTo(now_ms);
  BAYA_RETURN_IF_ERROR(history_.Add(interaction));
  Refresh(interaction.item);
  session_.Add(interaction);
  return OkStatus();
}

void Recommender::Forget() {
  const History forgotten = std::exchange(
      history_, History(shop_->catalogue.size(), shop_->model.blend().half_life_days));
  for (const ItemIndex item : forgotten.items()) Refresh(item);
  session_.Clear(board_);
  exposure_.Clear();
}

Status Recommender::Mute(ItemIndex item, bool muted) {
  if (item >= muted_.size()) return kNoSuchItem;
  muted_[item] = muted;
  Refresh(item);
  return OkStatus();
}

// What the item says for others.
int32_t Recommender::Strength(ItemIndex item) const {
  return muted_[item] ? 0 : history_.Of(item).strength_q10;
}

Status Recommender::Declare(AttributeId attribute, std::optional<int32_t> leaning_q10) {
  if (attribute >= shop_->attributes.attribute_count()) {
    return kError<StatusCode::kInvalidArgument, "the site pack has no such attribute">;
  }
  affinity_.Declare(attribute, leaning_q10);
  return OkStatus();
}

void Recommender::MoveTo(int64_t now_ms) {
  const int64_t day = DayOf(now_ms);
  if (day == history_.day()) return;
  history_.MoveTo(day);
  for (const ItemIndex item : history_.items()) Refresh(item);
}

// Before anything is read off the board.
void Recommender::Settle(int64_t now_ms) {
  MoveTo(now_ms);
  session_.MoveTo(now_ms, history_, muted_, board_);
  affinity_.Settle(board_);
}

// Tells table and affinity how the item's strength has changed.
void Recommender::Refresh(ItemIndex item) {
  const int32_t delta_q10 = Strength(item) - spoken_q10_[item];
  if (delta_q10 == 0) return;
  spoken_q10_[item] += delta_q10;
  table_.Add(item, delta_q10, board_);
  affinity_.Add(item, delta_q10);
}

int64_t Recommender::BuyAgain(ItemIndex item, int64_t rest) const {
  if (muted_[item]) return 0;
  if (shop_->repeat) {
    const auto order_days = history_.order_days(item);
    if (order_days.empty()) return 0;
    const RepeatFacts facts = RepeatFactsOf(order_days, history_.visit_days(), history_.day(),
                                            shop_->popularity.repeat_days(item));
    return RepeatScore(*shop_->repeat, item, facts, rest);
  }
  return BuyAgainScore(shop_->popularity, shop_->model.blend().repeat, item, history_.Of(item),
                       history_.day());
}

std::optional<Withheld> Recommender::Withholds(ItemIndex item, const ShelfRequest& request) const {
  return WhyWithheld({.shop = *shop_,
                      .item = item,
                      .state = history_.Of(item),
                      .order_days = history_.order_days(item).size(),
                      .rests = exposure_.Rests(item, history_.day())},
                     request);
}

RankedItem Recommender::Scored(ItemIndex item, const ShelfRequest& request) const {
  const int64_t boost = BoostOf(request, item);
  const int64_t rest = board_.Of(item);
  return {.item = item, .score = rest + BuyAgain(item, rest) + boost, .promoted = boost};
}

// Best first, by score alone. What the person has dealt with or the shop promotes has more than the
// board says; of all else only what may still be among the best is looked at.
std::vector<RankedItem> Recommender::Top(const ShelfRequest& request, size_t k,
                                         const VariedShelf* shelf) const {
  std::vector<RankedItem> best;
  best.reserve(std::min(k, excluded_.size()));
  std::vector<bool> seen = excluded_;
  const auto look = [&](ItemIndex item) {
    if (seen[item]) return;
    seen[item] = true;
    if (shelf != nullptr && !shelf->MayTake(item)) return;
    const RankedItem candidate = Scored(item, request);
    if (best.size() == k && !Better(candidate, best.front())) return;
    if (!Withholds(item, request)) Offer(candidate, k, best);
  };
  for (const ItemIndex item : history_.items()) look(item);
  for (const Promotion& promotion : request.promotions) look(promotion.item);
  const auto bar = [&] { return best.size() == k ? best.front().score : INT64_MIN; };
  for (ItemIndex item = board_.NextAtLeast(0, bar()); item < board_.size();
       item = board_.NextAtLeast(item + 1, bar())) {
    look(item);
  }
  StableSort(best, Better);
  return best;
}

// A pool of a few times k nearly always has enough categories; where not, the next pool is of what
// still fits, and in the end of anything.
std::vector<RankedItem> Recommender::Varied(const ShelfRequest& request) const {
  VariedShelf varied(*shop_, request.k, request.asked);
  for (const bool capped : {true, false}) {
    if (!capped) varied.LiftCap();
    while (varied.Missing() > 0) {
      const std::vector<RankedItem> pool = Top(request, 4 * varied.Missing(), &varied);
      if (pool.empty()) break;
      varied.Take(pool);
    }
  }
  std::vector<RankedItem> shelf = std::move(varied).Finish();
  PinPromoted(request, shelf);
  return shelf;
}

void Recommender::PinPromoted(const ShelfRequest& request, std::vector<RankedItem>& shelf) const {
  for (const Promotion& promotion : request.promotions) {
    if (promotion.place == 0 || excluded_[promotion.item]) continue;
    if (Withholds(promotion.item, request)) continue;
    Pin(Scored(promotion.item, request), promotion.place - 1, request.k, shelf);
  }
}

Result<std::vector<RankedItem>> Recommender::Recommend(const ShelfRequest& request,
                                                       int64_t now_ms) {
  if (request.k == 0 || request.k > kMaxShelf) {
    return kError<StatusCode::kInvalidArgument, "a shelf has 1 to 1000 items">;
  }
  for (const ItemIndex item : request.exclude) {
    if (item >= excluded_.size()) return kNoSuchItem;
  }
  for (const Promotion& promotion : request.promotions) {
    if (promotion.item >= excluded_.size()) return kNoSuchItem;
  }
  Settle(now_ms);
  for (const ItemIndex item : request.exclude) excluded_[item] = true;
  std::vector<RankedItem> shelf =
      request.varied ? Varied(request) : Top(request, request.k, nullptr);
  for (const ItemIndex item : request.exclude) excluded_[item] = false;
  return shelf;
}

Result<Explanation> Recommender::Explain(ItemIndex item, int64_t now_ms) {
  return Explain(RankedItem{.item = item}, now_ms);
}

Result<Explanation> Recommender::Explain(const RankedItem& place, int64_t now_ms) {
  const ItemIndex item = place.item;
  if (item >= shop_->catalogue.size()) return kNoSuchItem;
  Settle(now_ms);
  Explanation explanation;
  const auto sources = shop_->model.sources(item);
  const auto weights = shop_->model.weights(item);
  for (size_t i = 0; i < sources.size(); ++i) {
    const int64_t strength = Strength(sources[i]);
    Append(Reason::kHistory, sources[i], strength * weights[i] * shop_->model.scale(item),
           explanation);
  }
  for (size_t i = 0; i < session_.items().size(); ++i) {
    Append(Reason::kSession, session_.items()[i], session_.Points(i, item), explanation);
  }
  for (const AttributeId attribute : shop_->attributes.of(item)) {
    Append(Reason::kAttribute, attribute, affinity_.Points(attribute), explanation);
  }
  const pack::Blend& blend = shop_->model.blend();
  Append(Reason::kBuyAgain, 0, BuyAgain(item, board_.Of(item)), explanation);
  Append(Reason::kPopular, 0, PopularityScore(shop_->popularity, blend, item), explanation);
  Append(Reason::kTrending, 0, TrendScore(shop_->popularity, blend, item), explanation);
  Append(Reason::kVariety, 0, place.variety, explanation);
  Append(Reason::kPromoted, item, place.promoted, explanation);
  StableSort(explanation.contributions, [](const Contribution& a, const Contribution& b) {
    return std::tuple(-a.points, a.reason, a.ref) < std::tuple(-b.points, b.reason, b.ref);
  });
  return explanation;
}

std::vector<Leaning> Recommender::Leanings(int64_t now_ms) {
  MoveTo(now_ms);
  std::vector<Leaning> leanings;
  for (uint32_t i = 0; i < shop_->attributes.attribute_count(); ++i) {
    const auto attribute = static_cast<AttributeId>(i);
    const Leaning leaning{attribute, affinity_.Leaning(attribute), affinity_.IsDeclared(attribute)};
    if (leaning.strength_q10 != 0 || leaning.declared) leanings.push_back(leaning);
  }
  StableSort(leanings, [](const Leaning& a, const Leaning& b) {
    return std::tuple(-std::abs(a.strength_q10), a.attribute) <
           std::tuple(-std::abs(b.strength_q10), b.attribute);
  });
  return leanings;
}

}  // namespace baya::recommend
