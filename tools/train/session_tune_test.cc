#include "train/session_tune.h"
#include "lib/time_text.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace baya::tools {
namespace {

// Visits of six items of 40 over 30 days: each next one follows the last by `step`, but for one in
// five.
Log Walks(uint32_t visits, uint32_t step) {
  Log log;
  for (uint32_t i = 0; i < 40; ++i) {
    ItemFacts facts;
    facts.id = "item-" + std::to_string(100 + i);
    facts.title = "Thing";
    log.items.push_back(facts);
  }
  std::mt19937 random(7);
  for (uint32_t visit = 0; visit < visits; ++visit) {
    log.users.push_back("user-" + std::to_string(100000 + visit));
    auto item = static_cast<uint32_t>(random() % 40);
    for (uint32_t i = 0; i < 6; ++i) {
      log.interactions.push_back({visit, item, visit * (30 * kDayMs / visits), visit});
      item = random() % 5 == 0 ? static_cast<uint32_t>(random() % 40) : (item + step) % 40;
    }
  }
  return log;
}

TEST(SessionTuneTest, TheSectionFindsTheNextItemThroughTheDevicesCode) {
  const Log log = Walks(600, 7);
  const ShopSettings settings;
  const Shop shop(log, std::vector<bool>(log.users.size(), true), settings);
  const auto sessions = SessionsOf(log);
  auto sections = shop.Sections(SolveLocalRidge(shop.gram(), settings.ridge), settings);
  const std::vector<Session> asked = {{0, 0, {3, 10, 17, 24}}};
  const auto prefixes = PrefixesOf(asked, 0, 1);
  const auto before = RankPrefixes(sections, shop, asked, prefixes);
  sections.push_back(SessionSection(shop, sessions, {}, 8));
  const auto after = RankPrefixes(sections, shop, asked, prefixes);
  ASSERT_EQ(after.size(), 3u);
  for (size_t i = 0; i < 3; ++i) {
    ASSERT_TRUE(after[i].without.has_value());
    EXPECT_EQ(*after[i].without, 0u);
    EXPECT_EQ(ReciprocalRank(after[i].without), 1);
    EXPECT_LE(ReciprocalRank(before[i].without), ReciprocalRank(after[i].without));
  }
  EXPECT_LT(ReciprocalRank(before[2].without), 1);
}

TEST(SessionTuneTest, ChoosesOnTheLastDaysAndIsDeterministic) {
  const Log log = Walks(600, 7);
  const SessionSettings chosen = TuneSession(log, {}, {}, 7, 200);
  const SessionSettings again = TuneSession(log, {}, {}, 7, 200);
  EXPECT_EQ(chosen.decay, again.decay);
  EXPECT_EQ(chosen.weight, again.weight);
  EXPECT_EQ(chosen.table.lambda, again.table.lambda);
  // Nobody comes back to an item in these visits.
  EXPECT_LE(chosen.seen_again, 0);
}

TEST(SessionTuneTest, KeepsTheDefaultsWhenThereAreTooFewVisits) {
  SessionSettings settings;
  settings.weight = 12;
  EXPECT_EQ(TuneSession(Walks(60, 7), {}, settings, 7, 200).weight, 12);
  EXPECT_EQ(TuneSession(Log{}, {}, settings, 7, 200).weight, 12);
}

TEST(SessionTuneTest, RanksStopAtTheTwentieth) {
  EXPECT_EQ(ReciprocalRank(std::nullopt), 0);
  EXPECT_EQ(ReciprocalRank(3), 0.25);
}

}  // namespace
}  // namespace baya::tools
