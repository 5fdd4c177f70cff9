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

TEST(PopularityTest, RecentSalesNeedCustomersOfTheirOwn) {
  Log log;
  log.items.resize(4);
  const auto buy = [&log](uint32_t user, uint32_t item, int64_t day) {
    log.interactions.push_back({user, item, day * kDayMs});
  };
  for (uint32_t user = 0; user < 6; ++user) {
    log.users.push_back("u");
    for (uint32_t item = 0; item < 4; ++item) buy(user, item, 0);
  }
  // Each item has 16 visits. Of late: 0 by two customers, 1 by three, 2 by nobody; 3 by three in
  // the month, of whom two in the week.
  for (int64_t i = 0; i < 10; ++i) {
    buy(i < 9 ? 0 : 1, 0, 90 + i);
    buy(i < 8 ? 0 : static_cast<uint32_t>(i) - 7, 1, 90 + i);
    buy(0, 2, 10 + i);
    buy(i == 0 ? 5 : static_cast<uint32_t>(i) % 2, 3, 85 + i);
  }
  const std::vector<bool> all(6, true);
  const auto counts = CountItems(log, all, 3);
  EXPECT_EQ(counts[0].recent_visits, 0u);
  EXPECT_EQ(counts[0].week_visits, 0u);
  EXPECT_LT(counts[2].popularity.trend, 0);
  EXPECT_EQ(counts[0].popularity.trend, counts[2].popularity.trend);
  EXPECT_EQ(counts[1].recent_visits, 10u);
  EXPECT_EQ(counts[1].week_visits, 7u);
  EXPECT_GT(counts[1].popularity.trend, counts[2].popularity.trend);
  EXPECT_EQ(counts[3].recent_visits, 10u);
  EXPECT_EQ(counts[3].week_visits, 0u);
  const auto control = CountItems(log, all, 2);
  EXPECT_EQ(control[0].recent_visits, 10u);
  EXPECT_EQ(control[0].week_visits, 7u);
  EXPECT_EQ(control[0].popularity.trend, control[1].popularity.trend);
  EXPECT_EQ(control[3].week_visits, 2u);
}

}  // namespace
}  // namespace baya::tools
