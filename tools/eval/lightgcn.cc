#include "eval/lightgcn.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "eval/fit_baselines.h"
#include "eval/statistics.h"
#include "lib/input_file.h"
#include "lib/tool_error.h"
#include "pack/limits.h"
#include "train/baselines.h"
#include "train/budget.h"
#include "train/log_builder.h"
#include "train/tune.h"
#include "train/user_items.h"

namespace baya::tools {
namespace {

constexpr size_t kShelf = 20;
constexpr size_t kMostDenseItems = 10'000;  // 400 MB a matrix

// The next word of a line; empty at the line's end, nullopt at the file's.
std::optional<std::string> NextWord(InputFile& file, bool& line_ended) {
  std::string word;
  line_ended = false;
  while (true) {
    const int byte = file.Next();
    if (byte < 0 && word.empty()) return std::nullopt;
    if (byte == '\n' || byte < 0) {
      line_ended = true;
      return word;
    }
    const bool blank = byte == ' ' || byte == '\t' || byte == '\r';
    if (blank && !word.empty()) return word;
    if (!blank) word += static_cast<char>(byte);
  }
}

// rows[user]: item numbers.
void ReadRows(const std::string& path, Names& users, Names& items,
              std::vector<std::vector<uint32_t>>& rows) {
  InputFile file(path);
  bool line_ended = true;
  std::optional<uint32_t> user;
  while (true) {
    const bool first = line_ended;
    const auto word = NextWord(file, line_ended);
    if (!word) break;
    if (word->size() > pack::kMaxItemIdBytes) throw ToolError(path + ": an id of over 64 bytes");
    if (first) user.reset();
    if (word->empty()) continue;
    if (user) {
      rows[*user].push_back(items.Number(*word));
    } else {
      user = users.Number(*word);
      if (*user >= rows.size()) rows.resize(*user + 1);
    }
  }
  if (items.names().empty()) throw ToolError(path + " has no line \"user item item ...\"");
}

Log LogOf(const Names& users, const Names& items, const std::vector<std::vector<uint32_t>>& rows) {
  Log log;
  log.users = users.names();
  for (const std::string& id : items.names()) {
    ItemFacts facts;
    facts.id = id;
    log.items.push_back(facts);
  }
  for (uint32_t user = 0; user < rows.size(); ++user) {
    for (const uint32_t item : rows[user]) log.interactions.push_back({user, item, 0, user});
  }
  return log;
}

std::vector<LightGcnQuality> Judged(const std::vector<Quality>& qualities,
                                    const std::vector<HeldOut>& people) {
  std::vector<LightGcnQuality> judged;
  judged.reserve(people.size());
  for (size_t i = 0; i < people.size(); ++i) {
    judged.push_back(JudgeLightGcn(qualities[i].top, people[i].wanted));
  }
  return judged;
}

std::vector<double> Values(const std::vector<LightGcnQuality>& qualities,
                           double LightGcnQuality::*value) {
  std::vector<double> values;
  values.reserve(qualities.size());
  for (const LightGcnQuality& quality : qualities) values.push_back(quality.*value);
  return values;
}

std::string Line(const char* name, const std::vector<LightGcnQuality>& qualities) {
  if (qualities.size() < 2) return "";
  const Mean recall = MeanOf(Values(qualities, &LightGcnQuality::recall_at_20));
  const Mean ndcg = MeanOf(Values(qualities, &LightGcnQuality::ndcg_at_20));
  char text[160];
  std::snprintf(text, sizeof text, "%-22s  %.4f +- %.4f   %.4f +- %.4f\n", name, recall.value,
                recall.error, ndcg.value, ndcg.error);
  return text;
}

void JudgeBaselines(const UserItems& train, const std::vector<HeldOut>& people, bool fit,
                    LightGcnReport& report) {
  report.popularity = Judged(JudgePopularity(train, people), people);
  if (report.items > kMostDenseItems) return;
  const KnnSettings knn = fit ? FitItemKnn(train) : KnnSettings{};
  report.item_knn = Judged(JudgeItemKnn(train, people, knn), people);
  report.ease = Judged(JudgeEase(train, people, fit ? FitEase(train) : kEaseLambda), people);
}

}  // namespace

LightGcnQuality JudgeLightGcn(const std::vector<uint32_t>& top,
                              const std::vector<uint32_t>& wanted) {
  double hits = 0, gain = 0, ideal = 0;
  for (size_t rank = 0; rank < kShelf; ++rank) {
    const double discount = 1 / std::log2(static_cast<double>(rank) + 2);
    if (rank < wanted.size()) ideal += discount;
    if (rank >= top.size()) continue;
    if (std::find(wanted.begin(), wanted.end(), top[rank]) == wanted.end()) continue;
    ++hits;
    gain += discount;
  }
  return {hits / static_cast<double>(wanted.size()), gain / ideal};
}

LightGcnReport RunLightGcn(const LightGcnOptions& options) {
  Names users, items;
  std::vector<std::vector<uint32_t>> train_rows, test_rows;
  ReadRows(options.train, users, items, train_rows);
  ReadRows(options.test, users, items, test_rows);
  const size_t user_count = users.names().size();
  train_rows.resize(user_count);
  test_rows.resize(user_count);
  const auto item_count = static_cast<uint32_t>(items.names().size());
  if (item_count > pack::kMaxItems) throw ToolError("more items than a pack can hold");
  const Log log = LogOf(users, items, train_rows);
  const UserItems train(train_rows, item_count), test(test_rows, item_count);
  std::vector<HeldOut> people;
  for (uint32_t user = 0; user < user_count; ++user) {
    const auto told = train.of(user), wanted = test.of(user);
    if (wanted.empty()) continue;
    people.push_back({{told.begin(), told.end()}, {wanted.begin(), wanted.end()}});
  }
  if (people.empty()) throw ToolError(options.test + " has no user with an item");

  LightGcnReport report;
  report.users = user_count;
  report.items = item_count;
  report.train_ones = train.size();
  report.test_ones = test.size();
  JudgeBaselines(train, people, options.tune, report);
  const std::vector<bool> everyone(user_count, true);
  const ShopSettings settings = options.tune ? Tune(log, everyone, options.shop) : options.shop;
  report.min_support = settings.ridge.min_support;
  const Shop shop(log, everyone, settings);
  const auto sections = shop.Sections(SolveLocalRidge(shop.gram(), settings.ridge), settings);
  report.pack = Judged(JudgePack(sections, shop.pack_item(), people, options.build), people);
  report.pack_bytes = RankingBytes(sections);
  return report;
}

std::string LightGcnText(const LightGcnReport& report) {
  char head[300];
  std::snprintf(head, sizeof head,
                "%zu users x %zu items, %zu train, %zu test; pairs of %u users or more; "
                "%.1f gzip bytes an item\n"
                "%-22s  Recall@20          NDCG@20   (+- standard error)\n",
                report.users, report.items, report.train_ones, report.test_ones, report.min_support,
                static_cast<double>(report.pack_bytes) / static_cast<double>(report.items), "");
  return head + Line("popularity", report.popularity) + Line("item-kNN", report.item_knn) +
         Line("dense EASE", report.ease) + Line("pack, device code", report.pack);
}

}  // namespace baya::tools
