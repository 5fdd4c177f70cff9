#include "eval/vmis_knn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace baya::tools {
namespace {

using ::testing::Each;

constexpr VmisSettings kSettings = {.m = 10, .k = 10, .last = 9, .idf_weight = 1};

TEST(VmisKnnTest, ScoresAsTheFormulaByHand) {
  // Items a 0, b 1, c 2, d 3, e 4.
  const std::vector<Session> sessions = {{0, 1, {0, 2}}, {0, 2, {1, 3}}, {0, 3, {0, 1, 4}}};
  const VmisKnn vmis(sessions, 5, kSettings);
  const std::vector<uint32_t> prefix = {0, 1};
  const std::vector<double> scores = vmis.Scores(prefix);
  // Similarities: session 0 by a, 1/2; session 1 by b, 2/2; session 2 by both, 3/2.
  // First match from the end: a is second (0.8), b first (0.9).
  const double once = 1 + std::log(3.0), twice = 1 + std::log(1.5);
  EXPECT_NEAR(scores[2], 0.8 * 0.5 * once, 1e-12);
  EXPECT_NEAR(scores[3], 0.9 * 1.0 * once, 1e-12);
  EXPECT_NEAR(scores[4], 0.9 * 1.5 * once, 1e-12);
  EXPECT_NEAR(scores[0], (0.8 * 0.5 + 0.9 * 1.5) * twice, 1e-12);
}

TEST(VmisKnnTest, ARepeatedItemCountsAtItsLastPlaceAmongTheDifferentOnes) {
  const std::vector<Session> sessions = {{0, 1, {0, 2}}};
  const VmisKnn vmis(sessions, 3, kSettings);
  const std::vector<uint32_t> prefix = {0, 1, 0};
  // Place 3 of 2 different items.
  EXPECT_NEAR(vmis.Scores(prefix)[2], 0.9 * 3.0 / 2, 1e-12);
}

TEST(VmisKnnTest, OnlyTheLatestSessionsAreCompared) {
  std::vector<Session> sessions;
  for (uint32_t i = 0; i < 6; ++i) sessions.push_back({0, i, {0, i + 1}});
  VmisSettings settings = kSettings;
  settings.m = 2;
  const std::vector<uint32_t> prefix = {0};
  const std::vector<double> scores = VmisKnn(sessions, 7, settings).Scores(prefix);
  for (uint32_t item = 1; item < 5; ++item) EXPECT_EQ(scores[item], 0);
  EXPECT_GT(scores[5], 0);
  EXPECT_GT(scores[6], 0);
}

TEST(VmisKnnTest, ALaterSessionOfAnEarlierItemTakesThePlaceOfTheEarliest) {
  const std::vector<Session> sessions = {{0, 1, {1, 2}}, {0, 2, {1, 3}}, {0, 3, {0, 4}}};
  VmisSettings settings = kSettings;
  settings.m = 2;
  const std::vector<uint32_t> prefix = {0, 1};
  const std::vector<double> scores = VmisKnn(sessions, 5, settings).Scores(prefix);
  EXPECT_EQ(scores[2], 0);
  EXPECT_GT(scores[3], 0);
  EXPECT_GT(scores[4], 0);
}

TEST(VmisKnnTest, OnlyTheNearestCountAndOnlyTheLastItemsAreCompared) {
  const std::vector<Session> sessions = {{0, 1, {0, 1, 2}}, {0, 2, {1, 3}}, {0, 3, {0, 4}}};
  VmisSettings settings = kSettings;
  settings.k = 1;
  const std::vector<uint32_t> prefix = {0, 1};
  std::vector<double> scores = VmisKnn(sessions, 5, settings).Scores(prefix);
  EXPECT_GT(scores[2], 0);
  EXPECT_EQ(scores[3] + scores[4], 0);
  settings = kSettings;
  settings.last = 1;
  scores = VmisKnn(sessions, 5, settings).Scores(prefix);
  EXPECT_GT(scores[3], 0);
  EXPECT_EQ(scores[4], 0);
}

TEST(VmisKnnTest, AnUnknownItemHasNoNeighbours) {
  const VmisKnn vmis({}, 2, kSettings);
  const std::vector<uint32_t> prefix = {1};
  EXPECT_THAT(vmis.Scores(prefix), Each(0));
}

}  // namespace
}  // namespace baya::tools
