#include "eval/strong.h"

#include <algorithm>
#include <cstdio>

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

void RunFold(const Log& log, const UserItems& users, const std::vector<bool>& keep,
             const std::vector<HeldOut>& people, const StrongOptions& options,
             StrongReport& report) {
  const UserItems train = users.Where(keep);
  Append(JudgePopularity(train, people), report.popularity);
  Append(JudgeItemKnn(train, people), report.item_knn);
  if (options.dense) Append(JudgeEase(train, people, options.ease_lambda), report.ease);
  const ShopSettings settings = options.tune ? Tune(log, keep, options.shop) : options.shop;
  const Shop shop(log, keep, settings);
  const auto sections = shop.Sections(SolveLocalRidge(shop.gram(), settings.ridge), settings);
  Append(JudgePack(sections, shop.pack_item(), people), report.pack);
  AddBytes(sections, options.folds, report);
}

std::vector<double> Values(const std::vector<Quality>& qualities, double Quality::*value) {
  std::vector<double> values;
  for (const Quality& quality : qualities) values.push_back(quality.*value);
  return values;
}

std::string Line(const char* name, const std::vector<Quality>& qualities) {
  if (qualities.empty()) return "";
  const Mean recall = MeanOf(Values(qualities, &Quality::recall_at_20));
  const Mean ndcg = MeanOf(Values(qualities, &Quality::ndcg_at_100));
  char text[160];
  std::snprintf(text, sizeof text, "%-22s  %.4f +- %.4f   %.4f +- %.4f\n", name, recall.value,
                recall.error, ndcg.value, ndcg.error);
  return text;
}

std::string Difference(const char* name, const std::vector<Quality>& pack,
                       const std::vector<Quality>& other) {
  if (other.empty()) return "";
  const auto difference = [&](double Quality::*value) {
    return MeanOf(Differences(Values(pack, value), Values(other, value)));
  };
  const Mean recall = difference(&Quality::recall_at_20);
  const Mean ndcg = difference(&Quality::ndcg_at_100);
  char text[160];
  std::snprintf(text, sizeof text, "%-22s %+.4f +- %.4f  %+.4f +- %.4f\n", name, recall.value,
                recall.error, ndcg.value, ndcg.error);
  return text;
}

}  // namespace

StrongReport RunStrong(const Log& log, const StrongOptions& options) {
  const UserItems users = UserItems::FromLog(log);
  const std::vector<uint32_t> eligible = Eligible(users, options.users);
  StrongReport report;
  report.users = static_cast<uint32_t>(eligible.size());
  report.items = users.item_count();
  for (const uint32_t user : eligible) report.ones += users.of(user).size();
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
  char head[200];
  std::snprintf(head, sizeof head,
                "%u users x %u items, %zu ones; %zu people held out\n"
                "%-22s  Recall@20          NDCG@100   (+- standard error)\n",
                report.users, report.items, report.ones, report.pack.size(), "");
  const double n = report.items;
  char bytes[200];
  std::snprintf(bytes, sizeof bytes,
                "pack, gzip bytes an item: model %.1f, popularity and attributes %.1f, "
                "catalogue %.1f\n",
                report.model_bytes / n, report.ranking_bytes / n, report.catalogue_bytes / n);
  return head + Line("popularity", report.popularity) + Line("item-kNN", report.item_knn) +
         Line("dense EASE", report.ease) + Line("pack, device code", report.pack) +
         Difference("  pack - item-kNN", report.pack, report.item_knn) +
         Difference("  pack - dense EASE", report.pack, report.ease) + bytes;
}

}  // namespace baya::tools
