#include "train/popularity.h"

#include <gtest/gtest.h>

namespace baya::tools {
namespace {

constexpr int64_t kDayMs = 86'400'000;

TEST(PopularityTest, CountsUsersRepeatsIntervalsAndTrend) {
  Log log;
  log.users = {"a", "b", "c", "left out"};
  log.items.resize(3);
  const auto buy = [&log](uint32_t user, uint32_t item, int64_t day) {
    log.interactions.push_back({user, item, day * kDayMs});
  };
  for (uint32_t user = 0; user < 3; ++user) buy(user, 0, 0);
  buy(0, 0, 0);  // the same day: no repeat
  buy(0, 0, 10);
  buy(0, 0, 40);
  buy(1, 0, 24);
  for (int day = 100; day < 130; ++day) buy(1, 1, day);
  buy(3, 2, 0);
  const auto counts = CountItems(log, {true, true, true, false});
  EXPECT_EQ(counts[0].users, 3u);
  EXPECT_EQ(counts[0].repeat_users, 2u);
  EXPECT_EQ(counts[0].popularity.repeat_rate, 170);  // 2/3
  EXPECT_EQ(counts[0].popularity.repeat_days, 24);   // of 10, 24 and 30
  EXPECT_EQ(counts[0].popularity.level, 255);
  EXPECT_EQ(counts[1].popularity.level, 128);  // log2(1 + 1) / log2(1 + 3)
  EXPECT_EQ(counts[1].popularity.repeat_days, 1);
  EXPECT_LT(counts[0].popularity.trend, 0);
  EXPECT_GT(counts[1].popularity.trend, 0);
  EXPECT_EQ(counts[2].users, 0u);
  EXPECT_EQ(counts[2].popularity.level, 0);
}

}  // namespace
}  // namespace baya::tools
