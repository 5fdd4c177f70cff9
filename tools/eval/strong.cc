#include "eval/strong.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "eval/fit_baselines.h"
#include "eval/statistics.h"
#include "lib/files.h"
#include "lib/numpy_random.h"
#include "lib/tool_error.h"
#include "train/baselines.h"
#include "train/tune.h"
#include "train/user_items.h"

namespace baya::tools {
namespace {

constexpr uint32_t kFolds = 5;
constexpr size_t kMinItems = 5;
constexpr uint32_t kSeed = 98765;

void Append(std::vector<Quality> from, std::vector<Quality>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

// Users with enough items, by their number in the log.
std::vector<uint32_t> Eligible(const UserItems& users, uint32_t most) {
  std::vector<uint32_t> eligible;
  for (uint32_t user = 0; user < users.user_count(); ++user) {
    if (users.of(user).size() >= kMinItems) eligible.push_back(user);
  }
  if (most > 0 && most < eligible.size()) {
    NumpyRandom(most).Shuffle(eligible);
    eligible.resize(most);
    std::sort(eligible.begin(), eligible.end());
  }
  if (eligible.size() < size_t{2} * kFolds) throw ToolError("too few users of five items or more");
  return eligible;
}

// [begin, end) of a fold as numpy.array_split cuts: the first folds take the remainder.
std::pair<size_t, size_t> FoldRange(size_t count, uint32_t fold) {
  const size_t each = count / kFolds, rest = count % kFolds;
  const size_t begin = fold * each + std::min<size_t>(fold, rest);
  return {begin, begin + each + (fold < rest ? 1 : 0)};
}

void AddBytes(const std::vector<pack::Section>& sections, uint32_t folds, StrongReport& report) {
  for (const pack::Section& section : sections) {
    const double bytes = static_cast<double>(GzipSize(section.body)) / folds;
    if (section.type == pack::SectionType::kModel) {
      report.model_bytes += bytes;
    } else if (section.type == pack::SectionType::kCatalogue) {
      report.catalogue_bytes += bytes;
    } else {
      report.ranking_bytes += bytes;
    }
  }
}

// Those who told as much as the longest of the short histories, with the first `count` of it.
std::vector<HeldOut> ToldOnly(const std::vector<HeldOut>& people, size_t count) {
  std::vector<HeldOut> shortened;
  for (const HeldOut& person : people) {
    if (person.told.size() < kHistoryLengths.back()) continue;
    shortened.push_back(person);
    shortened.back().told.resize(count);
  }
  return shortened;
}

void RunFold(const Log& log, const UserItems& users, const std::vector<bool>& keep,
             const std::vector<HeldOut>& people, const StrongOptions& options,
             StrongReport& report) {
  const UserItems train = users.Where(keep);
  Append(JudgePopularity(train, people), report.popularity);
  const KnnSettings knn = options.tune ? FitItemKnn(train) : KnnSettings{};
  Append(JudgeItemKnn(train, people, knn), report.item_knn);
  if (options.dense) {
    const float lambda = options.tune ? FitEase(train) : kEaseLambda;
    Append(JudgeEase(train, people, lambda), report.ease);
  }
  const ShopSettings settings = options.tune ? Tune(log, keep, options.shop) : options.shop;
  const Shop shop(log, keep, settings);
  const auto sections = shop.Sections(SolveLocalRidge(shop.gram(), settings.ridge), settings);
  Append(JudgePack(sections, shop.pack_item(), people, options.build), report.pack);
  AddBytes(sections, options.folds, report);
  for (size_t i = 0; i < kHistoryLengths.size(); ++i) {
    Append(
        JudgePack(sections, shop.pack_item(), ToldOnly(people, kHistoryLengths[i]), options.build),
        report.short_histories[i]);
  }
  if (settings.ridge.min_support <= 1) return;
  ShopSettings open = settings;
  open.ridge.min_support = 1;
  const Shop open_shop(log, keep, open);
  Append(JudgePack(open_shop.Sections(SolveLocalRidge(open_shop.gram(), open.ridge), open),
                   open_shop.pack_item(), people, options.build),
         report.unprotected);
}

std::vector<double> Values(const std::vector<Quality>& qualities, double Quality::*value) {
  std::vector<double> values;
  values.reserve(qualities.size());
  for (const Quality& quality : qualities) values.push_back(quality.*value);
  return values;
}

// [items]: whether it is none of the most-bought fifth, ties by number.
std::vector<bool> TailOf(const std::vector<uint32_t>& customers) {
  std::vector<uint32_t> order(customers.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return customers[a] > customers[b]; });
  std::vector<bool> tail(customers.size(), true);
  for (size_t i = 0; i < order.size() / 5; ++i) tail[order[i]] = false;
  return tail;
}

std::string Line(const char* name, const std::vector<Quality>& qualities,
                 const std::vector<bool>& tail) {
  if (qualities.empty()) return "";
  const auto mean = [&](double Quality::*value) { return MeanOf(Values(qualities, value)); };
  std::vector<bool> shown(tail.size());
  double places = 0, in_tail = 0;
  for (const Quality& quality : qualities) {
    for (const uint32_t item : quality.top) {
      shown[item] = true;
      in_tail += tail[item];
      ++places;
    }
  }
  const auto covered = static_cast<double>(std::count(shown.begin(), shown.end(), true));
  const Mean recall = mean(&Quality::recall_at_20), ndcg = mean(&Quality::ndcg_at_100);
  char text[200];
  std::snprintf(text, sizeof text,
                "%-22s  %.4f +- %.4f   %.4f +- %.4f   %.4f   %.4f   %.3f     %.3f\n", name,
                recall.value, recall.error, ndcg.value, ndcg.error, mean(&Quality::hit_at_20).value,
                mean(&Quality::mrr_at_20).value, covered / static_cast<double>(tail.size()),
                places > 0 ? in_tail / places : 0);
  return text;
}

std::string Difference(const char* name, const std::vector<Quality>& pack,
                       const std::vector<Quality>& other) {
  if (other.empty()) return "";
  std::string text;
  char part[120];
  std::snprintf(part, sizeof part, "%-22s", name);
  text += part;
  for (double Quality::*value : {&Quality::recall_at_20, &Quality::ndcg_at_100}) {
    const Mean mean = MeanOf(Differences(Values(pack, value), Values(other, value)));
    std::snprintf(part, sizeof part, "  %+.4f [%+.4f, %+.4f]", mean.value,
                  mean.value - kNormal95 * mean.error, mean.value + kNormal95 * mean.error);
    text += part;
  }
  const double base = MeanOf(Values(other, &Quality::recall_at_20)).value;
  const double own = MeanOf(Values(pack, &Quality::recall_at_20)).value;
  std::snprintf(part, sizeof part, "  %+.1f %% of R@20\n", 100 * (own - base) / base);
  return text + part;
}

std::string ByHistory(const StrongReport& report, const std::vector<bool>& tail) {
  std::string text;
  for (size_t i = 0; i < kHistoryLengths.size(); ++i) {
    const std::string name = "  told " + std::to_string(kHistoryLengths[i]) + " of 10 or more";
    if (report.short_histories[i].size() > 1) {
      text += Line(name.c_str(), report.short_histories[i], tail);
    }
  }
  return text;
}

}  // namespace

StrongReport RunStrong(const Log& log, const StrongOptions& options) {
  const UserItems users = UserItems::FromLog(log);
  const std::vector<uint32_t> eligible = Eligible(users, options.users);
  StrongReport report;
  report.users = static_cast<uint32_t>(eligible.size());
  report.items = users.item_count();
  report.min_support = options.shop.ridge.min_support;
  for (const uint32_t user : eligible) report.ones += users.of(user).size();
  const UserItems buyers = users.Transposed();
  for (uint32_t item = 0; item < report.items; ++item) {
    report.customers.push_back(static_cast<uint32_t>(buyers.of(item).size()));
  }
  const auto order = NumpyRandom(kSeed).Permutation(report.users);
  for (uint32_t fold = 0; fold < options.folds; ++fold) {
    std::fprintf(stderr, "fold %u of %u\n", fold + 1, options.folds);
    std::vector<bool> keep(users.user_count());
    for (const uint32_t user : eligible) keep[user] = true;
    std::vector<HeldOut> people;
    const auto [begin, end] = FoldRange(order.size(), fold);
    for (size_t i = begin; i < end; ++i) {
      const uint32_t user = eligible[order[i]];
      keep[user] = false;
      people.push_back(PartItems(users.of(user), order[i] + 1));
    }
    RunFold(log, users, keep, people, options, report);
  }
  return report;
}

std::string StrongText(const StrongReport& report) {
  const std::vector<bool> tail = TailOf(report.customers);
  char head[300];
  std::snprintf(
      head, sizeof head,
      "%u users x %u items, %zu ones; %zu people held out; pairs of %u customers or more\n"
      "%-22s  Recall@20          NDCG@100           HR@20    MRR@20   coverage  tail"
      "   (+- standard error)\n",
      report.users, report.items, report.ones, report.pack.size(), report.min_support, "");
  const double n = report.items;
  char bytes[200];
  std::snprintf(bytes, sizeof bytes,
                "pack, gzip bytes an item: model %.1f, popularity and attributes %.1f, "
                "catalogue %.1f\n",
                report.model_bytes / n, report.ranking_bytes / n, report.catalogue_bytes / n);
  return head + Line("popularity", report.popularity, tail) +
         Line("item-kNN", report.item_knn, tail) + Line("dense EASE", report.ease, tail) +
         Line("pack, device code", report.pack, tail) +
         Line("pack, support 1", report.unprotected, tail) + ByHistory(report, tail) +
         "paired differences, with their 95 % intervals\n" +
         Difference("  pack - item-kNN", report.pack, report.item_knn) +
         Difference("  pack - dense EASE", report.pack, report.ease) +
         Difference("  pack - support 1", report.pack, report.unprotected) +
         (report.unprotected.empty()
              ? ""
              : Difference("  support 1 - EASE", report.unprotected, report.ease)) +
         bytes;
}

}  // namespace baya::tools
