#include "recommend/recommender.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

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
      exploration_(shop.attributes.attribute_count()),
      muted_(shop.catalogue.size()),
      excluded_(shop.catalogue.size()),
      varied_(shop) {
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
  for (const ItemIndex item : history_.items()) Tell(item, 0);
  history_.Clear();
  session_.Clear(board_);
  exposure_.Clear();
  exploration_.ForgetBeliefs();
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

void Recommender::Refresh(ItemIndex item) { Tell(item, Strength(item)); }

// Tells table and affinity how the item's strength has changed.
void Recommender::Tell(ItemIndex item, int32_t strength_q10) {
  const int32_t delta_q10 = strength_q10 - spoken_q10_[item];
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
                      .ordered_today = history_.Of(item).last_order_day == history_.day(),
                      .rests = exposure_.Rests(item, history_.day())},
                     request);
}

RankedItem Recommender::Scored(ItemIndex item, const ShelfRequest& request) const {
  const int64_t boost = BoostOf(request, item);
  const int64_t rest = board_.Of(item);
  return {.item = item, .score = rest + BuyAgain(item, rest) + boost, .promoted = boost};
}

// Best first, by score alone. What the person has ordered or the shop promotes may have more than
// the board says; of all else only what may still be among the best is looked at, which is little
// once those of the last time, most of whom are the best again, have set the bar. Until the end
// `best` is a heap whose front is the worst.
void Recommender::Top(const ShelfRequest& request, size_t k, const VariedShelf* shelf,
                      std::vector<RankedItem>& best) {
  best.clear();
  best.reserve(std::min(k, excluded_.size()));
  seen_ = excluded_;
  const auto look = [&](ItemIndex item) {
    if (seen_[item]) return;
    seen_[item] = true;
    if (shelf != nullptr && !shelf->MayTake(item)) return;
    const RankedItem candidate = Scored(item, request);
    if (best.size() == k && !kBetter(candidate, best.front())) return;
    if (Withholds(item, request)) return;
    if (best.size() == k) {
      std::pop_heap(best.begin(), best.end(), kBetter);
      best.pop_back();
    }
    best.push_back(candidate);
    std::push_heap(best.begin(), best.end(), kBetter);
  };
  for (const ItemIndex item : history_.ordered()) look(item);
  for (const Promotion& promotion : request.promotions) look(promotion.item);
  // Worst first, so that none has to rise in the heap.
  for (size_t i = last_.size(); i-- > 0;) look(last_[i].item);
  const auto bar = [&] { return best.size() == k ? best.front().score : INT64_MIN; };
  for (ItemIndex item = board_.NextAtLeast(0, bar()); item < board_.size();
       item = board_.NextAtLeast(item + 1, bar())) {
    look(item);
  }
  std::sort_heap(best.begin(), best.end(), kBetter);
  last_ = best;
}

// A pool of a few times k nearly always has enough categories; where not, the next pool is of what
// still fits, and in the end of anything.
void Recommender::Varied(const ShelfRequest& request, std::vector<RankedItem>& shelf) {
  varied_.Start(request.k, request.asked);
  for (const bool capped : {true, false}) {
    if (!capped) varied_.LiftCap();
    while (varied_.Missing() > 0) {
      Top(request, 4 * varied_.Missing(), &varied_, pool_);
      if (pool_.empty()) break;
      varied_.Take(pool_);
    }
  }
  varied_.Finish(shelf);
  PinPromoted(request, shelf);
  if (request.exploring > 0 && !request.asked) Explore(request, shelf);
}

void Recommender::PinPromoted(const ShelfRequest& request, std::vector<RankedItem>& shelf) const {
  for (const Promotion& promotion : request.promotions) {
    if (promotion.place == 0 || excluded_[promotion.item]) continue;
    if (Withholds(promotion.item, request)) continue;
    Pin(Scored(promotion.item, request), promotion.place - 1, request.k, shelf);
  }
}

// Takes the last places that the shop has not spoken for. A shelf that is not full shows all there
// is already.
void Recommender::Explore(const ShelfRequest& request, std::vector<RankedItem>& shelf) {
  if (shelf.size() < request.k) return;
  exploration_.Draw(shop_->attributes, affinity_, request.seed);
  uint32_t missing = request.exploring;
  for (size_t place = shelf.size(); missing > 0 && --place > 0;) {
    if (shelf[place].promoted > 0) continue;
    while (shelf[place].exploring == 0) {
      const std::optional<AttributeId> kind = exploration_.Next();
      if (!kind) return;
      Try(*kind, place, request, shelf);
    }
    --missing;
  }
}

// The best item of the kind whose score is below that of the place takes it, raised to it: what
// scores more has been left out for its likeness to others or for the cap.
void Recommender::Try(AttributeId kind, size_t place, const ShelfRequest& request,
                      std::vector<RankedItem>& shelf) const {
  RankedItem best = shelf[place];
  for (const ItemIndex item : affinity_.items(kind)) {
    RankedItem candidate = Scored(item, request);
    candidate.exploring = shelf[place].score - candidate.score;
    if (candidate.exploring <= 0 || (best.exploring > 0 && !kBetter(candidate, best))) continue;
    if (excluded_[item] || Withholds(item, request)) continue;
    if (MayStand(*shop_, item, shelf)) best = candidate;
  }
  best.score += best.exploring;
  best.explored = kind;
  shelf[place] = best;
}

Status Recommender::Recommend(const ShelfRequest& request, int64_t now_ms,
                              std::vector<RankedItem>& shelf) {
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
  if (request.varied) {
    Varied(request, shelf);
  } else {
    Top(request, request.k, nullptr, shelf);
  }
  for (const ItemIndex item : request.exclude) excluded_[item] = false;
  return OkStatus();
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
  Append(Reason::kExploring, place.explored, place.exploring, explanation);
  StableSort(explanation.contributions, [](const Contribution& a, const Contribution& b) {
    const auto key = [](const Contribution& c) {
      return std::tuple(c.reason != Reason::kExploring, -c.points, c.reason, c.ref);
    };
    return key(a) < key(b);
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
