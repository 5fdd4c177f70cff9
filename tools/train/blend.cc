#include "train/blend.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "lib/parallel.h"
#include "lib/time_text.h"
#include "train/baskets.h"
#include "train/budget.h"
#include "train/device_ranker.h"
#include "train/local_ridge.h"

namespace baya::tools {
namespace {

constexpr int64_t kDays = 30;  // as a slice of the card for buying again
constexpr size_t kFewestBaskets = 200;
constexpr uint32_t kMostBaskets = 1500;
constexpr uint32_t kSeed = 20111031;
constexpr size_t kShelf = 20;

double MeanOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// By more than the standard error of the paired difference.
bool ClearlyBetter(const std::vector<double>& a, const std::vector<double>& b) {
  const double mean = MeanOf(a) - MeanOf(b);
  double squares = 0;
  for (size_t i = 0; i < a.size(); ++i) squares += std::pow(a[i] - b[i] - mean, 2);
  const auto count = static_cast<double>(a.size());
  return mean > std::sqrt(squares / (count - 1) / count);
}

struct Judged {
  pack::Blend blend;
  std::vector<double> qualities;
};

class Search {
 public:
  explicit Search(const JudgeBlend& judge) : judge_(judge) {}

  Judged Of(const pack::Blend& blend) const {
    Judged judged{blend, judge_(blend)};
    std::fprintf(stderr, "  attributes %d, popularity %d, trend %d of 4096: R@20 %.4f\n",
                 int{blend.attribute}, int{blend.popularity}, int{blend.trend},
                 MeanOf(judged.qualities));
    return judged;
  }

  // The first of the best.
  Judged Best(const std::vector<pack::Blend>& blends) const {
    Judged best;
    for (const pack::Blend& blend : blends) {
      Judged tried = Of(blend);
      if (best.qualities.empty() || MeanOf(tried.qualities) > MeanOf(best.qualities)) {
        best = std::move(tried);
      }
    }
    return best;
  }

  Judged BestUnlessUnclear(const Judged& start, const std::vector<pack::Blend>& blends) const {
    Judged best = Best(blends);
    return ClearlyBetter(best.qualities, start.qualities) ? best : start;
  }

 private:
  const JudgeBlend& judge_;
};

enum class Among : uint8_t { kAll, kNew };  // items that a person may have had, or not

// What people buy in the last days, as the device foretells it.
class LastDays {
 public:
  LastDays(const Log& log, const std::vector<bool>& keep, const ShopSettings& settings)
      : end_(EndOf(log, keep)),
        baskets_(BasketsOf(RowsBefore(log, end_, keep))),
        before_(RowsBefore(log, end_ - kDays * kDayMs, keep)),
        shop_(before_, keep, settings),
        known_(log.items.size()) {
    for (const Interaction& row : before_.interactions) known_[shop_.pack_item()[row.item]] = true;
    for (const NextBasket& next :
         NextBaskets(baskets_, end_ - kDays * kDayMs, end_, kMostBaskets, kSeed)) {
      if (!MakeCase(next, Among::kNew).wanted.empty()) next_.push_back(next);
    }
  }

  size_t size() const { return next_.size(); }
  const Shop& shop() const { return shop_; }

  const Log& before() const { return before_; }

  // Recall@20 of each basket.
  std::vector<double> Recalls(const ItemTable& table, const ShopSettings& settings,
                              Among among) const {
    const auto rankers = MakeRankers(shop_.Sections(table, settings), {});
    std::vector<double> recalls(next_.size());
    ParallelFor("ranking", next_.size(), [&](size_t thread, size_t i) {
      recalls[i] = Recall(*rankers[thread], next_[i], among);
    });
    return recalls;
  }

 private:
  struct Case {
    std::vector<bool> may_rank;    // [items]
    std::vector<uint32_t> wanted;  // in the pack's numbering, as all here
  };

  Case MakeCase(const NextBasket& next, Among among) const {
    const std::vector<Basket>& own = baskets_[next.user];
    Case made{known_, {}};
    for (uint32_t i = 0; among == Among::kNew && i < next.place; ++i) {
      for (const uint32_t item : own[i].items) made.may_rank[shop_.pack_item()[item]] = false;
    }
    for (const uint32_t log_item : own[next.place].items) {
      const uint32_t item = shop_.pack_item()[log_item];
      if (made.may_rank[item]) made.wanted.push_back(item);
    }
    return made;
  }

  double Recall(DeviceRanker& ranker, const NextBasket& next, Among among) const {
    const std::vector<Basket>& own = baskets_[next.user];
    const int64_t now = own[next.place].time_ms;
    ranker.Forget();
    for (uint32_t i = 0; i < next.place; ++i) {
      for (const uint32_t item : own[i].items) {
        ranker.Add({.item = shop_.pack_item()[item],
                    .kind = recommend::InteractionKind::kOrdered,
                    .time_ms = own[i].time_ms},
                   now);
      }
    }
    const Case made = MakeCase(next, among);
    std::vector<uint32_t> exclude;
    for (uint32_t item = 0; item < made.may_rank.size(); ++item) {
      if (!made.may_rank[item]) exclude.push_back(item);
    }
    const recommend::ShelfRequest request{
        .k = kShelf, .exclude = exclude, .bought = recommend::Bought::kShow};
    double hits = 0;
    for (const auto& ranked : ranker.Recommend(request, now)) {
      hits += std::find(made.wanted.begin(), made.wanted.end(), ranked.item) != made.wanted.end();
    }
    return hits / static_cast<double>(std::min(made.wanted.size(), kShelf));
  }

  int64_t end_;
  std::vector<std::vector<Basket>> baskets_;
  Log before_;
  Shop shop_;
  std::vector<bool> known_;  // bought before the slice
  std::vector<NextBasket> next_;
};

}  // namespace

std::vector<pack::Blend> ChooseBlend(const pack::Blend& start, const JudgeBlend& judge, bool time) {
  const Search search(judge);
  const auto with = [](pack::Blend blend, int attribute, int popularity, int trend) {
    blend.attribute = static_cast<uint16_t>(attribute);
    blend.popularity = static_cast<uint16_t>(popularity);
    blend.trend = static_cast<uint16_t>(trend);
    return blend;
  };
  std::vector<pack::Blend> steps = {start};
  std::vector<pack::Blend> tried;
  for (const int attribute : {0, 32, 64, 128, 256}) {
    tried.push_back(with(start, attribute, start.popularity, start.trend));
  }
  Judged best = search.Best(tried);
  steps.push_back(best.blend);

  // The scale of a score follows that of the table, and this that of the log: hence so wide.
  tried.clear();
  for (const int popularity : {1, 16, 64, 256, 1024}) {
    for (const int attribute : {0, 64, 256}) {
      tried.push_back(with(start, attribute, popularity, popularity / 2));
    }
  }
  best = search.BestUnlessUnclear(best, tried);
  steps.push_back(best.blend);
  if (!time) return steps;

  // At one and a half, about, level and trend add up to the sales of the last 30 days.
  tried.clear();
  for (const int halves : {0, 1, 2, 3, 6}) {
    tried.push_back(with(best.blend, best.blend.attribute, best.blend.popularity,
                         halves * best.blend.popularity / 2));
  }
  steps.push_back(search.BestUnlessUnclear(best, tried).blend);
  return steps;
}

ShopSettings TuneBlend(const Log& log, const std::vector<bool>& keep, ShopSettings settings) {
  ShopSettings tried = settings;
  tried.repeat.reset();
  const LastDays slice(log, keep, tried);
  if (slice.size() < kFewestBaskets) {
    std::fprintf(stderr, "too few baskets to choose a blend on: it stays\n");
    return settings;
  }
  const ItemTable table = SolveLocalRidge(slice.shop().gram(), settings.ridge);
  const JudgeBlend judge = [&](const pack::Blend& blend) {
    tried.blend = blend;
    return slice.Recalls(table, tried, Among::kNew);
  };
  double best = -1;
  for (const pack::Blend& blend : ChooseBlend(settings.blend, judge, true)) {
    tried.blend = blend;
    tried.repeat = FitRepeat(slice.before(), keep, tried, {});
    const double value = MeanOf(slice.Recalls(table, tried, Among::kAll));
    tried.repeat.reset();
    std::fprintf(stderr, "  attributes %d, popularity %d, trend %d: R@20 %.4f of all items\n",
                 int{blend.attribute}, int{blend.popularity}, int{blend.trend}, value);
    if (value <= best) continue;
    best = value;
    settings.blend = blend;
  }
  return settings;
}

}  // namespace baya::tools
