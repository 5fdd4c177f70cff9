#include "train/session_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace baya::tools {
namespace {

using ::testing::IsEmpty;
using Table = std::vector<std::vector<pack::WeightedSource>>;

double Weight(const Table& table, uint32_t source, uint32_t target) {
  for (const pack::WeightedSource& one : table[target]) {
    if (one.source == source) return one.weight;
  }
  return 0;
}

SessionTableSettings PlainTable() {
  SessionTableSettings settings;
  settings.together = 0;
  return settings;
}

TEST(SessionTableTest, TwoItemsGiveTheWeightsOfTheClosedForm) {
  const std::vector<Session> sessions(30, Session{0, 0, {0, 1}});
  SessionTableSettings settings = PlainTable();
  settings.lambda = 10;
  // 30 rows, each with item 0 in the past and 1 in the future, at full weight: 30 / (30 + 10).
  const Table table = SolveSessionTable(sessions, 2, settings);
  EXPECT_NEAR(Weight(table, 0, 1), 0.75, 1e-6);
  EXPECT_THAT(table[0], IsEmpty());
}

TEST(SessionTableTest, ThePastAndTheFutureFadeByTheirOwnDecays) {
  const std::vector<Session> sessions(1, Session{0, 0, {0, 1, 2}});
  SessionTableSettings settings = PlainTable();
  settings.past = 2;
  settings.future = 3;
  settings.candidates = 1;
  settings.lambda = 1;
  // Rows: (0 -> 1, then 2 further off) and (0 a step ago, 1 -> 2).
  const Table table = SolveSessionTable(sessions, 3, settings);
  const double fading = std::exp(-0.5);
  const double squares = 1 + fading * fading;
  EXPECT_NEAR(Weight(table, 0, 1), 1 / (squares + 1), 1e-6);
  // For item 2 item 0 is worth more than 1 only by both rows together.
  EXPECT_GT(std::exp(-1.0 / 3) + fading, 1);
  EXPECT_NEAR(Weight(table, 0, 2), (std::exp(-1.0 / 3) + fading) / (squares + 1), 1e-6);
  EXPECT_EQ(Weight(table, 1, 2), 0);  // only the best candidate is solved for
}

TEST(SessionTableTest, WholeSessionsJoinBothSides) {
  const std::vector<Session> sessions(8, Session{0, 0, {0, 1}});
  SessionTableSettings settings;
  settings.together = 0.5;
  settings.lambda = 2;
  const Table table = SolveSessionTable(sessions, 2, settings);
  EXPECT_NEAR(Weight(table, 0, 1), (8 + 4) / (8 + 4 + 2.0), 1e-6);
  EXPECT_NEAR(Weight(table, 1, 0), 4 / (0 + 4 + 2.0), 1e-6);  // not followed by anything
}

TEST(SessionTableTest, APairNeedsItsUsers) {
  std::vector<Session> sessions;
  for (uint32_t user = 0; user < 5; ++user) sessions.push_back({user, 0, {0, 1}});
  for (int visit = 0; visit < 50; ++visit) sessions.push_back({9, 0, {2, 3}});
  SessionTableSettings settings = PlainTable();
  settings.min_support = 5;
  const Table table = SolveSessionTable(sessions, 4, settings);
  EXPECT_GT(Weight(table, 0, 1), 0);
  EXPECT_THAT(table[3], IsEmpty());  // one user's habit
  settings.min_support = 6;
  EXPECT_THAT(SolveSessionTable(sessions, 4, settings)[1], IsEmpty());
}

TEST(SessionTableTest, KeepsTheLargestAndNeverItself) {
  std::vector<Session> sessions;
  for (uint32_t other = 1; other < 20; ++other) {
    for (uint32_t times = 0; times < other; ++times) sessions.push_back({times, 0, {other, 0, 0}});
  }
  SessionTableSettings settings = PlainTable();
  settings.keep = 3;
  const Table table = SolveSessionTable(sessions, 20, settings);
  ASSERT_EQ(table[0].size(), 3u);
  for (const pack::WeightedSource& one : table[0]) EXPECT_GE(one.source, 17u);
}

}  // namespace
}  // namespace baya::tools
