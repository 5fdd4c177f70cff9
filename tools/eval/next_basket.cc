#include "eval/next_basket.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <set>
#include <span>

#include "eval/basket_baselines.h"
#include "eval/statistics.h"
#include "lib/files.h"
#include "lib/parallel.h"
#include "lib/tool_error.h"
#include "recommend/recommender.h"
#include "train/baskets.h"
#include "train/blend.h"
#include "train/held_out.h"
#include "train/tune.h"

namespace baya::tools {
namespace {

constexpr uint32_t kSeed = 98765;
constexpr size_t kTop = 20;
constexpr uint32_t kHistoryLengths[] = {1, 2, 5, 10};

enum class Kind : uint8_t { kAll, kRepeat, kFresh };

struct Case {
  std::span<const Basket> before;
  int64_t time_ms = 0;
  std::vector<bool> may_rank[2];  // [repeat, fresh][items]: known before the split
  std::vector<uint32_t> wanted[3];
};

Case MakeCase(const std::vector<Basket>& baskets, uint32_t place, const std::vector<bool>& known) {
  Case made;
  made.before = std::span(baskets).first(place);
  made.time_ms = baskets[place].time_ms;
  made.may_rank[0].resize(known.size());
  made.may_rank[1] = known;
  for (const Basket& basket : made.before) {
    for (const uint32_t item : basket.items) {
      made.may_rank[0][item] = known[item];
      made.may_rank[1][item] = false;
    }
  }
  for (const uint32_t item : baskets[place].items) {
    if (!known[item]) continue;
    made.wanted[0].push_back(item);
    made.wanted[made.may_rank[0][item] ? 1 : 2].push_back(item);
  }
  return made;
}

bool MayRank(const Case& one, Kind kind, uint32_t item) {
  return (kind != Kind::kFresh && one.may_rank[0][item]) ||
         (kind != Kind::kRepeat && one.may_rank[1][item]);
}

BasketQuality JudgeBasket(const std::vector<uint32_t>& top, const std::vector<uint32_t>& wanted) {
  double hits = 0, gain = 0, ideal = 0;
  for (size_t rank = 0; rank < std::min(kTop, std::max(top.size(), wanted.size())); ++rank) {
    const double discount = 1 / std::log2(static_cast<double>(rank) + 2);
    const bool hit =
        rank < top.size() && std::find(wanted.begin(), wanted.end(), top[rank]) != wanted.end();
    hits += hit;
    gain += hit ? discount : 0;
    ideal += rank < wanted.size() ? discount : 0;
  }
  return {hits / static_cast<double>(std::min(wanted.size(), kTop)), gain / ideal};
}

// The first 20 of each kind.
using Ranker = std::function<std::vector<uint32_t>(size_t thread, const Case&, Kind)>;

BasketModel JudgeModel(const std::string& name, const std::vector<Case>& cases,
                       const Ranker& ranker) {
  std::vector<std::array<BasketQuality, 3>> qualities(cases.size());
  ParallelFor("ranking: " + name, cases.size(), [&](size_t thread, size_t i) {
    for (size_t kind = 0; kind < 3; ++kind) {
      const auto& wanted = cases[i].wanted[kind];
      if (wanted.empty()) continue;
      qualities[i][kind] = JudgeBasket(ranker(thread, cases[i], static_cast<Kind>(kind)), wanted);
    }
  });
  BasketModel model{name, {}, {}, {}};
  std::vector<BasketQuality>* const lists[] = {&model.all, &model.repeat, &model.fresh};
  for (size_t i = 0; i < cases.size(); ++i) {
    for (size_t kind = 0; kind < 3; ++kind) {
      if (!cases[i].wanted[kind].empty()) lists[kind]->push_back(qualities[i][kind]);
    }
  }
  return model;
}

Ranker ByScores(const BasketScores& scores_of) {
  return [scores_of](size_t, const Case& one, Kind kind) {
    std::vector<float> scores(one.may_rank[0].size());
    scores_of(one.before, scores);
    std::vector<uint32_t> order;
    for (uint32_t item = 0; item < scores.size(); ++item) {
      if (MayRank(one, kind, item)) order.push_back(item);
    }
    const size_t depth = std::min(kTop, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(depth),
                      order.end(), [&scores](uint32_t a, uint32_t b) {
                        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
                      });
    order.resize(depth);
    return order;
  };
}

// Ranks by the code that runs on devices.
BasketModel JudgePackBaskets(const std::vector<pack::Section>& sections, const Shop& shop,
                             const std::vector<Case>& cases, const DeviceBuild& build) {
  const auto rankers = MakeRankers(sections, build);
  return JudgeModel("pack", cases, [&](size_t thread, const Case& one, Kind kind) {
    DeviceRanker& ranker = *rankers[thread];
    ranker.Forget();
    for (const Basket& basket : one.before) {
      for (const uint32_t item : basket.items) {
        ranker.Add({.item = shop.pack_item()[item],
                    .kind = recommend::InteractionKind::kOrdered,
                    .time_ms = basket.time_ms},
                   one.time_ms);
      }
    }
    std::vector<uint32_t> exclude;
    for (uint32_t item = 0; item < shop.pack_item().size(); ++item) {
      if (!MayRank(one, kind, item)) exclude.push_back(shop.pack_item()[item]);
    }
    const recommend::ShelfRequest request{
        .k = kTop, .exclude = exclude, .bought = recommend::Bought::kShow};
    std::vector<uint32_t> top;
    for (const auto& ranked : ranker.Recommend(request, one.time_ms)) {
      top.push_back(shop.log_item()[ranked.item]);
    }
    return top;
  });
}

void AddBytes(const std::vector<pack::Section>& sections, size_t items, NextBasketReport& report) {
  for (const pack::Section& section : sections) {
    if (section.type == pack::SectionType::kCatalogue) continue;
    const double bytes = static_cast<double>(GzipSize(section.body)) / static_cast<double>(items);
    (section.type == pack::SectionType::kModel ? report.model_bytes : report.ranking_bytes) +=
        bytes;
  }
}

void RunModels(const Log& before, const std::vector<Case>& cases, const NextBasketOptions& options,
               NextBasketReport& report) {
  const std::vector<bool> everyone(before.users.size(), true);
  ShopSettings settings = options.shop;
  if (options.tune) settings = TuneBlend(before, everyone, Tune(before, everyone, settings));
  settings.repeat = FitRepeat(before, everyone, settings, options.repeat);
  const Shop shop(before, everyone, settings);
  const auto sections = shop.Sections(SolveLocalRidge(shop.gram(), settings.ridge), settings);
  AddBytes(sections, before.items.size(), report);
  report.models.push_back(JudgePackBaskets(sections, shop, cases, options.build));
  const auto judge = [&](const char* name, const BasketScores& scores) {
    report.models.push_back(JudgeModel(name, cases, ByScores(scores)));
  };
  judge("popularity", CustomersOf(before));
  judge("popularity, 30 days", RecentSalesOf(before));
  judge("own frequency", OwnFrequency(before));
  judge("item-kNN", ItemKnnOf(before, options.tune));
  if (!options.dense) return;
  judge("dense EASE", EaseOf(before, options.tune));
}

std::vector<double> Values(const std::vector<BasketQuality>& qualities,
                           double BasketQuality::*value) {
  std::vector<double> values;
  values.reserve(qualities.size());
  for (const BasketQuality& quality : qualities) values.push_back(quality.*value);
  return values;
}

std::string Cells(const std::vector<BasketQuality>& model,
                  const std::vector<BasketQuality>* other) {
  std::string text;
  for (const auto value : {&BasketQuality::recall_at_20, &BasketQuality::ndcg_at_20}) {
    const auto own = Values(model, value);
    const Mean mean = MeanOf(other == nullptr ? own : Differences(own, Values(*other, value)));
    char cell[64];
    std::snprintf(cell, sizeof cell, other == nullptr ? "  %.4f+-%.4f" : " %+.4f+-%.4f", mean.value,
                  mean.error);
    text += cell;
  }
  return text;
}

std::string Row(const std::string& name, const BasketModel& model, const BasketModel* other) {
  char head[40];
  std::snprintf(head, sizeof head, "%-24s", name.c_str());
  return head + Cells(model.all, other == nullptr ? nullptr : &other->all) +
         Cells(model.repeat, other == nullptr ? nullptr : &other->repeat) +
         Cells(model.fresh, other == nullptr ? nullptr : &other->fresh) + "\n";
}

// Recall@20 over all items, by the number of baskets before.
std::string LengthText(const NextBasketReport& report) {
  std::string text = "Recall@20, all, by earlier baskets\n";
  for (size_t i = 0; i < std::size(kHistoryLengths); ++i) {
    const uint32_t least = kHistoryLengths[i];
    const uint32_t next = i + 1 < std::size(kHistoryLengths) ? kHistoryLengths[i + 1] : UINT32_MAX;
    char head[40];
    std::snprintf(head, sizeof head, "  from %-3u", least);
    text += head;
    for (const BasketModel& model : report.models) {
      std::vector<double> values;
      for (size_t k = 0; k < model.all.size(); ++k) {
        const bool within = report.earlier[k] >= least && report.earlier[k] < next;
        if (within) values.push_back(model.all[k].recall_at_20);
      }
      if (values.size() < 2) continue;
      char cell[80];
      std::snprintf(cell, sizeof cell, "  %s %.4f", model.name.c_str(), MeanOf(values).value);
      text += cell;
    }
    text += "\n";
  }
  return text;
}

}  // namespace

NextBasketReport RunNextBasket(const Log& log, const NextBasketOptions& options) {
  const std::vector<bool> everyone(log.users.size(), true);
  const Log before = RowsBefore(log, options.split_ms, everyone);
  const auto baskets = BasketsOf(log);
  const int64_t end = options.before_ms.value_or(std::numeric_limits<int64_t>::max());
  std::vector<bool> known(log.items.size());
  std::set<uint32_t> ids;
  for (const Interaction& row : before.interactions) {
    known[row.item] = true;
    ids.insert(row.basket);
  }
  NextBasketReport report;
  report.training_baskets = ids.size();
  std::vector<Case> cases;
  double wanted = 0, again = 0;
  for (const NextBasket& next :
       NextBaskets(baskets, options.split_ms, end, options.baskets, kSeed)) {
    Case made = MakeCase(baskets[next.user], next.place, known);
    if (made.wanted[0].empty()) continue;
    wanted += static_cast<double>(made.wanted[0].size());
    again += static_cast<double>(made.wanted[1].size());
    report.earlier.push_back(next.place);
    cases.push_back(std::move(made));
  }
  report.repeat_share = wanted > 0 ? again / wanted : 0;
  if (cases.size() < 2) throw ToolError("too few baskets after the split");
  RunModels(before, cases, options, report);
  if (report.models[0].repeat.size() < 2 || report.models[0].fresh.size() < 2) {
    throw ToolError("too few baskets of old and of new items after the split");
  }
  return report;
}

std::string NextBasketText(const NextBasketReport& report) {
  const BasketModel& pack = report.models[0];
  char head[300];
  std::snprintf(head, sizeof head,
                "%zu training baskets; %zu baskets to foretell, %.1f %% of their items bought "
                "again\n%zu baskets with old items, %zu with new ones\n%-24s  "
                "all R@20         NDCG@20         repeat R@20     NDCG@20         new R@20      "
                "  NDCG@20\n",
                report.training_baskets, pack.all.size(), 100 * report.repeat_share,
                pack.repeat.size(), pack.fresh.size(), "");
  std::string text = head;
  for (const BasketModel& model : report.models) text += Row(model.name, model, nullptr);
  for (size_t i = 1; i < report.models.size(); ++i) {
    text += Row("  pack - " + report.models[i].name, pack, &report.models[i]);
  }
  char bytes[120];
  std::snprintf(bytes, sizeof bytes,
                "pack, gzip bytes an item: model %.1f, all else but the "
                "catalogue %.1f\n",
                report.model_bytes, report.ranking_bytes);
  return text + LengthText(report) + bytes;
}

}  // namespace baya::tools
