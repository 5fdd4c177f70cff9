#include "train/repeat.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <limits>
#include <span>

#include "lib/parallel.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"
#include "recommend/recommender.h"
#include "recommend/repeat_card.h"
#include "train/baskets.h"
#include "train/choice_model.h"
#include "train/held_out.h"
#include "train/shop.h"

namespace baya::tools {
namespace {

constexpr size_t kFewestBaskets = 200;
constexpr uint32_t kNewItems = 60;  // three times a shelf: what an old item competes with
constexpr uint32_t kSeed = 20111031;

// Where each next bin begins. About logarithmic in counts, even in shares.
constexpr double kShare[] = {.1, .15, .2, .25, .3, .35, .4};
constexpr double kRecent[] = {1, 2, 4, 7, 15, 31, 63};
constexpr double kTurn[] = {.01, .03, .06, .1, .15, .2, .3, .5};
constexpr double kUsers[] = {10, 20, 40, 80, 160, 320, 640};
constexpr double kWeek[] = {1, 2, 3, 5, 8, 13, 21};

// Customers that stand behind the mean share before an item's own count.
constexpr double kSharePrior = 5, kMeanShare = .2;

// Features of the choice model.
constexpr uint16_t kRest = 0, kContext = 1, kPoints = 2, kItems = kPoints + pack::kRepeatPoints,
                   kAmounts = kItems + kItemPoints, kFeatures = kAmounts + pack::kRepeatAmounts;

size_t BinOf(double value, std::span<const double> begins) {
  return static_cast<size_t>(std::upper_bound(begins.begin(), begins.end(), value) -
                             begins.begin());
}

template <typename Integer>
Integer Rounded(double value) {
  const double least = std::numeric_limits<Integer>::min();
  const double most = std::numeric_limits<Integer>::max();
  return static_cast<Integer>(std::lround(std::clamp(value, least, most)));
}

// Makes the alternatives that a person has at one moment, by the device's code.
class Alternatives {
 public:
  Alternatives(const pack::SitePack& pack, const Shop& shop, const std::vector<bool>& known)
      : shop_(shop),
        known_(known),
        popularity_(pack.shop()->popularity),
        recommender_(OrThrow(recommend::Recommender::Create(pack), "reading the pack")) {}

  Choice Of(const std::vector<Basket>& baskets, uint32_t place) {
    recommender_.Forget();
    recommend::History history(static_cast<uint32_t>(shop_.pack_item().size()), 0);
    const int64_t now = baskets[place].time_ms;
    for (uint32_t i = 0; i < place; ++i) {
      for (const uint32_t item : baskets[i].items) {
        const recommend::Interaction order{.item = shop_.pack_item()[item],
                                           .kind = recommend::InteractionKind::kOrdered,
                                           .time_ms = baskets[i].time_ms};
        OrThrow(recommender_.Add(order, now), "adding to the history");
        OrThrow(history.Add(order), "adding to the history");
      }
    }
    history.MoveTo(recommend::DayOf(now));
    Choice choice;
    AddOld(history, now, choice);
    AddNew(now, choice);
    Mark(baskets[place].items, choice);
    return choice;
  }

 private:
  bool Known(uint32_t item) const { return known_[shop_.log_item()[item]]; }

  void AddOld(const recommend::History& history, int64_t now, Choice& choice) {
    std::vector<uint32_t> exclude;
    for (uint32_t item = 0; item < shop_.pack_item().size(); ++item) {
      if (history.order_days(item).empty() || !Known(item)) exclude.push_back(item);
    }
    const recommend::ShelfRequest request{
        .k = 1000, .exclude = exclude, .bought = recommend::Bought::kShow};
    for (const auto& ranked : OrThrow(recommender_.Recommend(request, now), "ranking")) {
      Alternative old = Rest(ranked, true);
      const auto facts =
          recommend::RepeatFactsOf(history.order_days(ranked.item), history.visit_days(),
                                   history.day(), popularity_.repeat_days(ranked.item));
      for (const uint8_t bin : facts.bins) old.features.emplace_back(kPoints + bin, 1.0f);
      for (size_t i = 0; i < facts.amounts_q10.size(); ++i) {
        old.features.emplace_back(static_cast<uint16_t>(kAmounts + i),
                                  std::ldexp(float(facts.amounts_q10[i]), -10));
      }
      for (const uint8_t bin : ItemBinsOf(shop_.counts(ranked.item))) {
        old.features.emplace_back(kItems + bin, 1.0f);
      }
      choice.alternatives.push_back(std::move(old));
      items_.push_back(ranked.item);
    }
  }

  void AddNew(int64_t now, Choice& choice) {
    const recommend::ShelfRequest request{.k = kNewItems, .bought = recommend::Bought::kHide};
    for (const auto& ranked : OrThrow(recommender_.Recommend(request, now), "ranking")) {
      choice.alternatives.push_back(Rest(ranked, false));
      items_.push_back(ranked.item);
    }
  }

  static Alternative Rest(const recommend::RankedItem& ranked, bool old) {
    const auto rest = static_cast<float>(std::ldexp(static_cast<double>(ranked.score), -30));
    Alternative alternative;
    alternative.features.emplace_back(kRest, rest);
    if (old) alternative.features.emplace_back(kContext, rest);
    return alternative;
  }

  // What was bought counts like the hit it can be: recall is divided by at most 20.
  void Mark(const std::vector<uint32_t>& bought, Choice& choice) {
    std::vector<uint32_t> wanted;
    for (const uint32_t item : bought) {
      if (Known(shop_.pack_item()[item])) wanted.push_back(shop_.pack_item()[item]);
    }
    for (size_t i = 0; i < items_.size(); ++i) {
      choice.alternatives[i].chosen =
          std::find(wanted.begin(), wanted.end(), items_[i]) != wanted.end();
    }
    choice.weight = 1 / static_cast<double>(std::clamp<size_t>(wanted.size(), 1, 20));
    items_.clear();
  }

  const Shop& shop_;
  const std::vector<bool>& known_;  // in the log's numbering: bought before the slice
  const pack::Popularity& popularity_;
  recommend::Recommender recommender_;
  std::vector<uint32_t> items_;  // of the alternatives so far
};

std::vector<Choice> ChoicesOf(const std::vector<std::vector<Basket>>& baskets,
                              const std::vector<NextBasket>& next, const Shop& shop,
                              const std::vector<bool>& known, ShopSettings settings) {
  settings.blend.repeat = 0;
  settings.repeat.reset();
  const auto table = SolveLocalRidge(shop.gram(), settings.ridge);
  const pack::SitePack pack =
      OrThrow(pack::SitePack::OpenFromAnySigner(SealForMeasuring(shop.Sections(table, settings))),
              "opening the pack");
  std::vector<Alternatives> makers;
  for (size_t i = 0; i < ThreadCount(); ++i) makers.emplace_back(pack, shop, known);
  std::vector<Choice> choices(next.size());
  ParallelFor("learning what is bought again", next.size(), [&](size_t thread, size_t i) {
    choices[i] = makers[thread].Of(baskets[next[i].user], next[i].place);
  });
  std::erase_if(choices, [](const Choice& choice) { return choice.alternatives.empty(); });
  return choices;
}

RepeatFit InUnitsOfRest(const std::vector<double>& weights) {
  RepeatFit fit;
  fit.context = weights[kContext] / weights[kRest];
  for (size_t i = 0; i < fit.points.size(); ++i) {
    fit.points[i] = weights[kPoints + i] / weights[kRest];
  }
  for (size_t i = 0; i < fit.slopes.size(); ++i) {
    fit.slopes[i] = weights[kAmounts + i] / weights[kRest];
  }
  for (size_t i = 0; i < fit.item_points.size(); ++i) {
    fit.item_points[i] = weights[kItems + i] / weights[kRest];
  }
  return fit;
}

}  // namespace

std::array<uint8_t, kItemBins.size()> ItemBinsOf(const ItemCounts& counts) {
  const double users = counts.users, recent = counts.recent_visits;
  const std::array<size_t, kItemBins.size()> bins = {
      BinOf((counts.repeat_users + kSharePrior * kMeanShare) / (users + kSharePrior), kShare),
      BinOf(recent, kRecent), BinOf((recent + .5) / (users + 1), kTurn), BinOf(users, kUsers),
      BinOf(counts.week_visits, kWeek)};
  std::array<uint8_t, kItemBins.size()> places{};
  size_t begin = 0;
  for (size_t feature = 0; feature < bins.size(); ++feature) {
    places[feature] = static_cast<uint8_t>(begin + bins[feature]);
    begin += kItemBins[feature];
  }
  return places;
}

pack::RepeatCard RepeatFit::Card(const std::vector<ItemCounts>& counts) const {
  std::vector<double> items;
  double mean = 0;
  for (const ItemCounts& item : counts) {
    double sum = 0;
    for (const uint8_t bin : ItemBinsOf(item)) sum += item_points[bin];
    items.push_back(sum);
    mean += sum / static_cast<double>(counts.size());
  }
  pack::RepeatCard card;
  card.context = Rounded<int16_t>(context * 4096);
  for (size_t bin = 0; bin < points.size(); ++bin) {
    // Every old item is in one bin of the first feature, which takes what the items share.
    const double shared = bin < pack::kRepeatBins[0] ? mean : 0;
    card.points[bin] = Rounded<int16_t>((points[bin] + shared) * 1024);
  }
  for (size_t i = 0; i < slopes.size(); ++i) card.slopes[i] = Rounded<int16_t>(slopes[i] * 1024);
  for (const double item : items) card.item_points.push_back(Rounded<int8_t>((item - mean) * 32));
  return card;
}

std::optional<RepeatFit> FitRepeat(const Log& log, const std::vector<bool>& keep,
                                   const ShopSettings& shop_settings,
                                   const RepeatSettings& settings) {
  int64_t end = EndOf(log, keep);
  const auto baskets = BasketsOf(RowsBefore(log, end, keep));
  std::vector<Choice> choices;
  for (uint32_t slice = 0; slice < settings.slices; ++slice) {
    const int64_t from = end - settings.days * kDayMs;
    const auto next = NextBaskets(baskets, from, end, settings.baskets, kSeed);
    if (next.size() < kFewestBaskets) break;
    const Log before = RowsBefore(log, from, keep);
    const Shop shop(before, keep, shop_settings);
    std::vector<bool> known(log.items.size());
    for (const Interaction& row : before.interactions) known[row.item] = true;
    std::vector<Choice> more = ChoicesOf(baskets, next, shop, known, shop_settings);
    std::move(more.begin(), more.end(), std::back_inserter(choices));
    end = from;
  }
  if (choices.empty()) return std::nullopt;
  const auto weights = FitChoices(choices, kFeatures, settings.ridge);
  if (weights[kRest] <= 0) return std::nullopt;
  std::fprintf(stderr, "bought again: %zu baskets, score %.3g, context %.2f\n", choices.size(),
               weights[kRest], weights[kContext] / weights[kRest]);
  return InUnitsOfRest(weights);
}

}  // namespace baya::tools
