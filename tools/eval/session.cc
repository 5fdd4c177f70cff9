#include "eval/session.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

#include "eval/statistics.h"
#include "lib/files.h"
#include "lib/parallel.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr uint32_t kDepth = 20;
constexpr uint32_t kSeed = 20111209;

// Added to both counts under the root of item-kNN's cosine: Hidasi et al., "Session-based
// Recommendations with Recurrent Neural Networks", ICLR 2016, whose code regularises by 20.
constexpr double kItemKnnShrink = 20;

using Scorer = std::function<std::vector<double>(std::span<const uint32_t> prefix)>;

struct Task {
  const std::vector<Session>* sessions;
  const std::vector<Prefix>* prefixes;
  std::vector<uint32_t> counts;  // [items], sessions of the training with the item
};

std::vector<uint32_t> CountSessions(const std::vector<Session>& train, uint32_t item_count) {
  std::vector<uint32_t> counts(item_count);
  for (const Session& session : train) {
    std::vector<uint32_t> items = session.items;
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    for (const uint32_t item : items) ++counts[item];
  }
  return counts;
}

// Ties go to the more popular item, as on devices. An item that scores nothing is not ranked.
Rank RankOf(const std::vector<double>& scores, const Task& task, uint32_t wanted,
            uint32_t left_out) {
  if (scores[wanted] <= 0 || wanted == left_out) return std::nullopt;
  uint32_t better = 0;
  for (uint32_t item = 0; item < scores.size(); ++item) {
    if (item == left_out || item == wanted || scores[item] < scores[wanted]) continue;
    const bool tie = scores[item] == scores[wanted];
    const bool first = task.counts[item] != task.counts[wanted]
                           ? task.counts[item] > task.counts[wanted]
                           : item < wanted;
    better += !tie || first;
    if (better >= kDepth) return std::nullopt;
  }
  return better;
}

std::vector<PrefixRanks> RankAll(const Task& task, const Scorer& scorer) {
  std::vector<PrefixRanks> ranks(task.prefixes->size());
  ParallelFor("ranking", ranks.size(), [&](size_t, size_t i) {
    const Prefix& prefix = (*task.prefixes)[i];
    const std::vector<uint32_t>& items = (*task.sessions)[prefix.session].items;
    const std::vector<double> scores = scorer(std::span(items).first(prefix.length));
    ranks[i].with = RankOf(scores, task, items[prefix.length], kNoItem);
    ranks[i].without = RankOf(scores, task, items[prefix.length], items[prefix.length - 1]);
  });
  return ranks;
}

std::vector<PrefixRanks> RankByPopularity(const Task& task) {
  return RankAll(task, [&](std::span<const uint32_t>) {
    return std::vector<double>(task.counts.begin(), task.counts.end());
  });
}

// Items by the cosine of their sessions with those of the last item.
std::vector<PrefixRanks> RankByItemKnn(const Task& task, const std::vector<Session>& train) {
  std::vector<std::vector<uint32_t>> of_item(task.counts.size());
  for (uint32_t i = 0; i < train.size(); ++i) {
    for (const uint32_t item : train[i].items) {
      if (of_item[item].empty() || of_item[item].back() != i) of_item[item].push_back(i);
    }
  }
  return RankAll(task, [&](std::span<const uint32_t> prefix) {
    const uint32_t last = prefix.back();
    std::vector<double> scores(task.counts.size());
    for (const uint32_t session : of_item[last]) {
      std::vector<uint32_t> items = train[session].items;
      std::sort(items.begin(), items.end());
      items.erase(std::unique(items.begin(), items.end()), items.end());
      for (const uint32_t item : items) scores[item] += 1;
    }
    scores[last] = 0;
    for (uint32_t item = 0; item < scores.size(); ++item) {
      scores[item] /=
          std::sqrt((task.counts[item] + kItemKnnShrink) * (task.counts[last] + kItemKnnShrink));
    }
    return scores;
  });
}

std::vector<PrefixRanks> RankByVmis(const Task& task, const std::vector<Session>& train,
                                    const VmisSettings& settings) {
  const VmisKnn vmis(train, static_cast<uint32_t>(task.counts.size()), settings);
  return RankAll(task, [&](std::span<const uint32_t> prefix) { return vmis.Scores(prefix); });
}

double MeanReciprocal(const std::vector<PrefixRanks>& ranks) {
  double sum = 0;
  for (const PrefixRanks& rank : ranks) sum += ReciprocalRank(rank.without);
  return sum / static_cast<double>(ranks.size());
}

// For the best MRR@20 without the last item, as its authors measure it: the remembered items and
// the neighbours together, then the sample and the weight of rarity.
VmisSettings TuneVmis(const Task& task, const std::vector<Session>& train, VmisSettings settings) {
  double best = -1;
  VmisSettings chosen = settings;
  const auto attempt = [&](const VmisSettings& tried) {
    const double quality = MeanReciprocal(RankByVmis(task, train, tried));
    std::fprintf(stderr, "  VMIS-kNN m %u, k %u, last %u, idf %g: MRR@20 %.4f\n", tried.m, tried.k,
                 tried.last, tried.idf_weight, quality);
    if (quality <= best) return;
    best = quality;
    chosen = tried;
  };
  for (const uint32_t last : {1u, 2u, 3u, 5u, 9u}) {
    for (const uint32_t k : {50u, 100u, 200u, 500u}) {
      settings.last = last;
      settings.k = k;
      attempt(settings);
    }
  }
  for (const uint32_t m : {250u, 500u, 2500u, 5000u}) {
    settings = chosen;
    settings.m = m;
    attempt(settings);
  }
  for (const double idf : {0.0, 3.0}) {
    settings = chosen;
    settings.idf_weight = idf;
    attempt(settings);
  }
  return chosen;
}

// What a model learns from, and what is asked of it.
struct Split {
  EarlierLog earlier;
  std::vector<Session> train, later;
  std::vector<Prefix> prefixes;
  Task task;

  Split(const Log& log, int64_t begin_ms, int64_t end_ms, size_t most)
      : earlier(LogBefore(log, begin_ms)),
        train(SessionsOf(earlier.log)),
        later(Renumbered(SessionsBetween(SessionsOf(log), begin_ms, end_ms), earlier.number)),
        prefixes(PrefixesOf(later, most, kSeed)),
        task{&later, &prefixes,
             CountSessions(train, static_cast<uint32_t>(earlier.log.items.size()))} {
    if (train.empty() || prefixes.size() < 2) {
      throw ToolError("the log has too few sessions for these days of test and validation");
    }
  }
  Split(const Split&) = delete;
  Split& operator=(const Split&) = delete;
};

void RunPack(const Split& split, const SessionOptions& options, SessionReport& report) {
  const Log& log = split.earlier.log;
  if (options.tune) {
    report.session = TuneSession(log, options.shop, options.session, options.validation_days,
                                 options.validation_prefixes);
  }
  const Shop shop(log, std::vector<bool>(log.users.size(), true), options.shop);
  auto sections = shop.Sections(SolveLocalRidge(shop.gram(), options.shop.ridge), options.shop);
  report.models.push_back({"pack without session", RankPrefixes(sections, shop, split.later,
                                                                split.prefixes, options.build)});
  sections.push_back(SessionSection(shop, split.train, report.session, options.shop.bits));
  report.session_bytes = static_cast<double>(GzipSize(sections.back().body));
  report.models.push_back({"pack, device code", RankPrefixes(sections, shop, split.later,
                                                             split.prefixes, options.build)});
}

enum class Metric : uint8_t { kHitRate, kReciprocalRank, kGain };

double ValueOf(const Rank& rank, Metric metric) {
  if (!rank) return 0;
  if (metric == Metric::kHitRate) return 1;
  if (metric == Metric::kReciprocalRank) return ReciprocalRank(rank);
  return 1 / std::log2(*rank + 2.0);
}

// The error is that of a ratio of sums over sessions, whose prefixes are not independent.
Mean MeanBySession(const std::vector<Prefix>& prefixes, const std::vector<double>& values) {
  double total = 0;
  for (const double value : values) total += value;
  const double mean = total / static_cast<double>(values.size());
  double squares = 0;
  for (size_t i = 0; i < prefixes.size();) {
    double off = 0;
    const uint32_t session = prefixes[i].session;
    for (; i < prefixes.size() && prefixes[i].session == session; ++i) off += values[i] - mean;
    squares += off * off;
  }
  return {mean, std::sqrt(squares) / static_cast<double>(values.size())};
}

std::vector<double> Values(const SessionModel& model, Rank PrefixRanks::*which, Metric metric) {
  std::vector<double> values;
  for (const PrefixRanks& rank : model.ranks) values.push_back(ValueOf(rank.*which, metric));
  return values;
}

std::string Row(const char* name, const SessionReport& report, const char* format,
                const std::function<std::vector<double>(Metric)>& values) {
  char text[200];
  std::snprintf(text, sizeof text, "%-24s", name);
  std::string row = text;
  for (const Metric metric : {Metric::kHitRate, Metric::kReciprocalRank, Metric::kGain}) {
    const Mean mean = MeanBySession(report.prefixes, values(metric));
    std::snprintf(text, sizeof text, format, mean.value, mean.error);
    row += text;
  }
  return row + "\n";
}

std::string ModelTable(const SessionReport& report, Rank PrefixRanks::*which) {
  std::string text;
  for (const SessionModel& model : report.models) {
    text += Row(model.name.c_str(), report, "   %.4f +- %.4f",
                [&](Metric metric) { return Values(model, which, metric); });
  }
  const SessionModel& pack = report.models.back();
  for (const SessionModel& model : report.models) {
    if (&model == &pack) continue;
    text += Row(("  pack - " + model.name).c_str(), report, "  %+.4f +- %.4f", [&](Metric metric) {
      return Differences(Values(pack, which, metric), Values(model, which, metric));
    });
  }
  return text;
}

// MRR@20 without the last item, by how much of the visit is known.
std::string ByLength(const SessionReport& report) {
  constexpr std::pair<uint32_t, uint32_t> kLengths[] = {
      {1, 1}, {2, 2}, {3, 5}, {6, 10}, {11, UINT32_MAX}};
  std::string text = "MRR@20 by items known        1        2      3-5     6-10      11-\n";
  char cell[40];
  for (const SessionModel& model : report.models) {
    std::snprintf(cell, sizeof cell, "%-21s", model.name.c_str());
    text += cell;
    for (const auto& [shortest, longest] : kLengths) {
      double sum = 0, count = 0;
      for (size_t i = 0; i < report.prefixes.size(); ++i) {
        const uint32_t length = report.prefixes[i].length;
        if (length < shortest || length > longest) continue;
        sum += ReciprocalRank(model.ranks[i].without);
        ++count;
      }
      std::snprintf(cell, sizeof cell, "    %.4f", count > 0 ? sum / count : 0);
      text += cell;
    }
    text += "\n";
  }
  return text;
}

std::string Settings(const SessionReport& report) {
  char text[400];
  const SessionTableSettings& table = report.session.table;
  std::snprintf(text, sizeof text,
                "VMIS-kNN  m %u, k %u, last %u, idf %g\n"
                "pack      past %g, future %g, together %g, lambda %g, decay %g, weight %g, "
                "seen again %g; session table %.1f gzip bytes an item\n",
                report.vmis.m, report.vmis.k, report.vmis.last, report.vmis.idf_weight, table.past,
                table.future, table.together, table.lambda, report.session.decay,
                report.session.weight, report.session.seen_again,
                report.session_bytes / report.items);
  return text;
}

}  // namespace

SessionReport RunSession(const Log& log, const SessionOptions& options) {
  const std::vector<Session> sessions = SessionsOf(log);
  if (sessions.empty()) throw ToolError("the log has no session");
  const int64_t end_ms = (sessions.back().time_ms / kDayMs + 1) * kDayMs;
  const int64_t test_ms = end_ms - options.test_days * kDayMs;
  SessionReport report;
  report.vmis = options.vmis;
  report.session = options.session;
  if (options.tune) {
    const Split validation(log, test_ms - options.validation_days * kDayMs, test_ms,
                           options.validation_prefixes);
    report.vmis = TuneVmis(validation.task, validation.train, options.vmis);
  }
  const Split test(log, test_ms, end_ms, options.prefixes);
  report.items = static_cast<uint32_t>(test.task.counts.size());
  report.train_sessions = test.train.size();
  report.test_sessions = test.later.size();
  report.prefixes = test.prefixes;
  report.models.push_back({"popularity", RankByPopularity(test.task)});
  report.models.push_back({"item-kNN", RankByItemKnn(test.task, test.train)});
  report.models.push_back({"VMIS-kNN", RankByVmis(test.task, test.train, report.vmis)});
  RunPack(test, options, report);
  return report;
}

std::string SessionText(const SessionReport& report) {
  char head[300];
  std::snprintf(head, sizeof head,
                "%zu sessions train, %zu test; %zu prefixes among %u items\n"
                "%-24s   HR@20              MRR@20             NDCG@20\n",
                report.train_sessions, report.test_sessions, report.prefixes.size(), report.items,
                "last item left out");
  return head + ModelTable(report, &PrefixRanks::without) + "every item in the answer\n" +
         ModelTable(report, &PrefixRanks::with) + ByLength(report) + Settings(report);
}

}  // namespace baya::tools
