#include "train/session_tune.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>

#include "lib/parallel.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"
#include "pack/limits.h"
#include "recommend/recommender.h"
#include "train/held_out.h"

namespace baya::tools {
namespace {

constexpr uint32_t kDepth = 20;
constexpr size_t kFewestPrefixes = 200;
constexpr uint32_t kSeed = 20111203;

pack::SessionWeights WeightsOf(const SessionSettings& settings) {
  pack::SessionWeights weights;
  weights.seen_again = static_cast<int16_t>(
      std::clamp<long>(std::lround(settings.seen_again * (1 << 12)), INT16_MIN, INT16_MAX));
  for (uint32_t age = 0; age < pack::kMaxSessionItems; ++age) {
    const double decay = settings.weight * (1 << 10) * std::exp(age / -settings.decay);
    const auto rounded = static_cast<uint16_t>(std::clamp(std::round(decay), 0.0, 65535.0));
    if (rounded == 0 && age > 0) break;
    weights.decay.push_back(rounded);
  }
  return weights;
}

Rank RankOf(DeviceRanker& ranker, const recommend::ShelfRequest& request, uint32_t wanted,
            int64_t now_ms) {
  const auto shelf = ranker.Recommend(request, now_ms);
  for (uint32_t rank = 0; rank < shelf.size(); ++rank) {
    if (shelf[rank].item == wanted) return rank;
  }
  return std::nullopt;
}

// Prefixes of one session, [begin, end), by rising length.
struct Run {
  size_t begin = 0, end = 0;
};

std::vector<Run> RunsOf(const std::vector<Prefix>& prefixes) {
  std::vector<Run> runs;
  for (size_t i = 0; i < prefixes.size(); ++i) {
    if (i == 0 || prefixes[i].session != prefixes[i - 1].session) runs.push_back({i, i});
    runs.back().end = i + 1;
  }
  return runs;
}

void RankSession(DeviceRanker& ranker, const std::vector<uint32_t>& items,
                 std::span<const Prefix> prefixes, std::span<PrefixRanks> ranks) {
  ranker.Forget();
  uint32_t told = 0;
  for (size_t i = 0; i < prefixes.size(); ++i) {
    const uint32_t length = prefixes[i].length;
    const int64_t now_ms = int64_t{length} * 1000;
    for (; told < length; ++told) {
      ranker.Add({.item = items[told],
                  .kind = recommend::InteractionKind::kViewed,
                  .time_ms = int64_t{told} * 1000},
                 now_ms);
    }
    recommend::ShelfRequest request{.k = kDepth, .bought = recommend::Bought::kShow};
    request.adult = true;
    ranks[i].with = RankOf(ranker, request, items[length], now_ms);
    request.exclude = std::span(items).subspan(length - 1, 1);
    ranks[i].without = RankOf(ranker, request, items[length], now_ms);
  }
}

double MeanReciprocal(const std::vector<PrefixRanks>& ranks, Rank PrefixRanks::*which) {
  double sum = 0;
  for (const PrefixRanks& rank : ranks) sum += ReciprocalRank(rank.*which);
  return sum / static_cast<double>(ranks.size());
}

// What is the same for all settings: the shop of the earlier days, and the questions of the later.
class Slice {
 public:
  Slice(const EarlierLog& earlier, const std::vector<Session>& later, const ShopSettings& settings,
        size_t most)
      : bits_(settings.bits),
        shop_(earlier.log, std::vector<bool>(earlier.log.users.size(), true), settings),
        sections_(shop_.Sections(SolveLocalRidge(shop_.gram(), settings.ridge), settings)),
        train_(SessionsOf(earlier.log)),
        later_(later),
        prefixes_(PrefixesOf(later_, most, kSeed)) {}

  size_t size() const { return prefixes_.size(); }

  // Tries every value for one number of `settings` and leaves the best in it.
  void Choose(const char* name, double& value, std::initializer_list<double> values,
              const SessionSettings& settings, Rank PrefixRanks::*which = &PrefixRanks::without) {
    double best = -1, chosen = value;
    for (const double tried : values) {
      value = tried;
      const double quality = MeanReciprocal(Ranks(settings), which);
      std::fprintf(stderr, "  %s %g: MRR@20 %.4f\n", name, tried, quality);
      if (quality > best) {
        best = quality;
        chosen = tried;
      }
    }
    value = chosen;
  }

 private:
  std::vector<PrefixRanks> Ranks(const SessionSettings& settings) {
    std::vector<pack::Section> sections = sections_;
    const SessionTableSettings& table = settings.table;
    const std::vector<double> solved_with = {table.past, table.future, table.together,
                                             table.lambda};
    if (solved_with != solved_with_) {
      table_ = SessionTable(settings.table);
      solved_with_ = solved_with;
    }
    sections.push_back(
        {pack::SectionType::kSession,
         OrThrow(pack::EncodeSession(table_, WeightsOf(settings), bits_), "the session table")});
    return RankPrefixes(sections, shop_, later_, prefixes_);
  }

  std::vector<std::vector<pack::WeightedSource>> SessionTable(
      const SessionTableSettings& settings) const {
    return SolveSessionTable(Renumbered(train_, shop_.pack_item()),
                             static_cast<uint32_t>(shop_.pack_item().size()), settings);
  }

  uint8_t bits_;
  Shop shop_;
  std::vector<pack::Section> sections_;
  std::vector<Session> train_, later_;
  std::vector<Prefix> prefixes_;
  std::vector<std::vector<pack::WeightedSource>> table_;
  std::vector<double> solved_with_;
};

}  // namespace

double ReciprocalRank(const Rank& rank) { return rank ? 1.0 / (*rank + 1) : 0; }

pack::Section SessionSection(const Shop& shop, const std::vector<Session>& sessions,
                             const SessionSettings& settings, uint8_t bits) {
  const auto table =
      SolveSessionTable(Renumbered(sessions, shop.pack_item()),
                        static_cast<uint32_t>(shop.pack_item().size()), settings.table);
  return {pack::SectionType::kSession,
          OrThrow(pack::EncodeSession(table, WeightsOf(settings), bits), "the session table")};
}

std::vector<PrefixRanks> RankPrefixes(const std::vector<pack::Section>& sections, const Shop& shop,
                                      const std::vector<Session>& sessions,
                                      const std::vector<Prefix>& prefixes,
                                      const DeviceBuild& build) {
  const auto rankers = MakeRankers(sections, build);
  const std::vector<Run> runs = RunsOf(prefixes);
  std::vector<PrefixRanks> ranks(prefixes.size());
  ParallelFor("ranking", runs.size(), [&](size_t thread, size_t i) {
    const auto [begin, end] = runs[i];
    std::vector<uint32_t> items;
    for (const uint32_t item : sessions[prefixes[begin].session].items) {
      items.push_back(shop.pack_item()[item]);
    }
    RankSession(*rankers[thread], items, std::span(prefixes).subspan(begin, end - begin),
                std::span(ranks).subspan(begin, end - begin));
  });
  return ranks;
}

SessionSettings TuneSession(const Log& log, const ShopSettings& shop, SessionSettings settings,
                            uint32_t days, size_t prefixes) {
  const std::vector<Session> sessions = SessionsOf(log);
  if (sessions.empty()) return settings;
  const int64_t end_ms = (sessions.back().time_ms / kDayMs + 1) * kDayMs;
  const int64_t begin_ms = end_ms - days * kDayMs;
  const EarlierLog earlier = LogBefore(log, begin_ms);
  const auto later = Renumbered(SessionsBetween(sessions, begin_ms, end_ms), earlier.number);
  if (PrefixesOf(later, 0, kSeed).size() < kFewestPrefixes || earlier.log.interactions.empty()) {
    std::fprintf(stderr, "too few sessions to choose settings on: the defaults stay\n");
    return settings;
  }
  Slice slice(earlier, later, shop, prefixes);
  SessionTableSettings& table = settings.table;
  slice.Choose("session weight", settings.weight, {2, 8, 16, 32, 60}, settings);
  slice.Choose("session decay", settings.decay, {0.4, 0.7, 1, 1.5, 3}, settings);
  slice.Choose("together", table.together, {0.02, 0.1, 0.3, 1}, settings);
  slice.Choose("past", table.past, {0.5, 1, 2}, settings);
  slice.Choose("future", table.future, {0.5, 1, 2}, settings);
  slice.Choose("session lambda", table.lambda, {3, 10, 30}, settings);
  slice.Choose("session decay", settings.decay, {0.3, 0.5, 0.7, 1, 2}, settings);
  slice.Choose("session weight", settings.weight, {8, 16, 32, 60}, settings);
  slice.Choose("seen again", settings.seen_again, {-1, -0.3, -0.1, 0, 0.1, 0.3}, settings,
               &PrefixRanks::with);
  return settings;
}

}  // namespace baya::tools
