#include "train/popularity.h"
#include "lib/time_text.h"

#include <gtest/gtest.h>

namespace baya::tools {
namespace {

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
  const auto counts = CountItems(log, {true, true, true, false}, 1);
  EXPECT_EQ(counts[0].users, 3u);
  EXPECT_EQ(counts[0].repeat_users, 2u);
  EXPECT_EQ(counts[0].popularity.repeat_rate, 170);  // 2/3
  EXPECT_EQ(counts[0].popularity.repeat_days, 24);   // of 10, 24 and 30
  EXPECT_EQ(counts[0].popularity.level, 255);
  EXPECT_EQ(counts[1].popularity.level, 128);  // log2(1 + 1) / log2(1 + 3)
  EXPECT_EQ(counts[1].popularity.repeat_days, 1);
  EXPECT_LT(counts[0].popularity.trend, 0);
  EXPECT_GT(counts[1].popularity.trend, 0);
  EXPECT_EQ(counts[0].recent_visits, 0u);
  EXPECT_EQ(counts[1].recent_visits, 30u);
  EXPECT_EQ(counts[1].week_visits, 7u);
  EXPECT_EQ(counts[2].users, 0u);
  EXPECT_EQ(counts[2].popularity.level, 0);
}

TEST(PopularityTest, WhatTooFewDidIsAsIfNobodyHad) {
  Log log;
  log.items.resize(2);
  const auto buy = [&log](uint32_t user, uint32_t item, int64_t day) {
    log.interactions.push_back({user, item, day * kDayMs});
  };
  for (uint32_t user = 0; user < 5; ++user) buy(user, 0, 0);
  for (uint32_t user = 0; user < 4; ++user) {
    log.users.push_back("u");
    buy(user, 0, 9);
    buy(user, 1, 0);
    buy(user, 1, 40);
  }
  log.users.push_back("u");
  const std::vector<bool> all(5, true);
  const auto counts = CountItems(log, all, 5);
  EXPECT_EQ(counts[0].users, 5u);
  EXPECT_EQ(counts[0].popularity.level, 255);
  EXPECT_EQ(counts[0].repeat_users, 0u);
  EXPECT_EQ(counts[0].popularity.repeat_rate, 0);
  EXPECT_EQ(counts[0].popularity.repeat_days, 0);
  EXPECT_EQ(counts[1].users, 0u);
  EXPECT_EQ(counts[1].popularity.level, 0);
  EXPECT_EQ(counts[1].popularity.trend, 0);
  const auto control = CountItems(log, all, 4);
  EXPECT_EQ(control[0].popularity.repeat_days, 9);
  EXPECT_GT(control[1].popularity.level, 0);
  EXPECT_EQ(control[1].popularity.repeat_days, 40);
}

}  // namespace
}  // namespace baya::tools
