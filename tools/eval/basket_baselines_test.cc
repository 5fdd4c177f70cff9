#include "eval/basket_baselines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/time_text.h"
#include "train/testing/two_kinds.h"

namespace baya::tools {
namespace {

using ::testing::ElementsAre;

Log SmallLog() {
  Log log;
  log.users = {"a", "b"};
  log.items.resize(3);
  log.interactions = {{0, 0, 0, 0},           {0, 0, 40 * kDayMs, 1}, {0, 0, 40 * kDayMs, 1},
                      {0, 1, 40 * kDayMs, 1}, {1, 0, 0, 2},           {1, 2, 0, 2}};
  return log;
}

std::vector<float> Scores(const BasketScores& scores_of, const std::vector<Basket>& before) {
  std::vector<float> scores(3);
  scores_of(before, scores);
  return scores;
}

TEST(BasketBaselinesTest, CountsCustomersAndRecentBaskets) {
  EXPECT_THAT(Scores(CustomersOf(SmallLog()), {}), ElementsAre(2, 1, 1));
  EXPECT_THAT(Scores(RecentSalesOf(SmallLog()), {}), ElementsAre(1, 1, 0));
}

TEST(BasketBaselinesTest, OwnBasketsComeBeforeRecentSales) {
  const std::vector<Basket> before = {{0, 0, {2}}, {1, 5, {0, 2}}};
  EXPECT_THAT(Scores(OwnFrequency(SmallLog()), before), ElementsAre(1.5, 0.5, 2));
}

TEST(BasketBaselinesTest, LampsSpeakForLamps) {
  const Log log = testing::TwoKinds(300);
  const std::vector<Basket> before = {{0, 0, {0, 2}}};
  for (const BasketScores& scores_of : {ItemKnnOf(log, false), EaseOf(log, true)}) {
    std::vector<float> scores(log.items.size());
    scores_of(before, scores);
    float lamps = 0, mugs = 0;
    for (uint32_t item = 4; item < scores.size(); ++item) {
      (item % 2 == 0 ? lamps : mugs) += scores[item];
    }
    EXPECT_GT(lamps, mugs);
  }
}

}  // namespace
}  // namespace baya::tools
