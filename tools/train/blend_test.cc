#include "train/blend.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "lib/time_text.h"

namespace baya::tools {
namespace {

constexpr pack::Blend kStart{.attribute = 64, .popularity = 4, .trend = 2};

// A quality that is best at `popularity` and `attribute`. Away from the start's popularity and
// trend people differ by `noise` to both sides.
JudgeBlend BestAt(int attribute, int popularity, double noise) {
  return [=](const pack::Blend& blend) {
    const double miss = std::abs(std::log2(1.0 + blend.attribute) - std::log2(1.0 + attribute)) +
                        std::abs(std::log2(1.0 + blend.popularity) - std::log2(1.0 + popularity));
    const bool start = blend.popularity == kStart.popularity && blend.trend == kStart.trend;
    std::vector<double> qualities(100, -.01 * miss);
    for (size_t i = 0; i < qualities.size() && !start; ++i) {
      qualities[i] += i % 2 == 0 ? noise : -noise;
    }
    return qualities;
  };
}

TEST(BlendTest, FindsTheBestWhereItIsClear) {
  const pack::Blend chosen = ChooseBlend(kStart, BestAt(0, 256, 0), false).back();
  EXPECT_EQ(chosen.attribute, 0);
  EXPECT_EQ(chosen.popularity, 256);
  EXPECT_EQ(chosen.trend, 128);
}

TEST(BlendTest, PopularityStaysWhereNothingIsClear) {
  const pack::Blend chosen = ChooseBlend(kStart, BestAt(64, 16, 10), true).back();
  EXPECT_EQ(chosen.popularity, 4);
  EXPECT_EQ(chosen.trend, 2);
}

constexpr const char* kKinds[] = {"lamp",   "mug",    "clock", "candle",
                                  "basket", "mirror", "plate", "towel"};

// A hit, of 40, and one of 360 others in every basket; titles say nothing of either.
Log Hits(uint32_t user_count) {
  Log log;
  log.currency = "EUR";
  for (uint32_t item = 0; item < 400; ++item) {
    ItemFacts facts;
    facts.id = "item-" + std::to_string(1000 + item);
    facts.title = kKinds[item % 8];
    log.items.push_back(facts);
  }
  std::mt19937 random(3);
  uint32_t basket = 0;
  for (uint32_t user = 0; user < user_count; ++user) {
    log.users.push_back("user-" + std::to_string(10000 + user));
    for (uint32_t week = 0; week < 10; ++week, ++basket) {
      const int64_t time_ms = (int64_t{7} * week + user % 7) * kDayMs;
      log.interactions.push_back({user, static_cast<uint32_t>(random() % 40), time_ms, basket});
      log.interactions.push_back(
          {user, static_cast<uint32_t>(40 + random() % 360), time_ms, basket});
    }
  }
  return log;
}

TEST(BlendTest, TheLastMonthSaysThatHitsSell) {
  const Log log = Hits(120);
  const std::vector<bool> everyone(log.users.size(), true);
  ShopSettings settings;
  settings.blend.attribute = 256;
  const ShopSettings chosen = TuneBlend(log, everyone, settings);
  EXPECT_GT(int{chosen.blend.popularity} * 256,
            int{chosen.blend.attribute} * int{settings.blend.popularity});
  EXPECT_EQ(chosen.ridge.lambda, settings.ridge.lambda);
}

TEST(BlendTest, StaysWhenTheLastMonthIsThin) {
  const Log log = Hits(20);
  ShopSettings settings;
  settings.blend.attribute = 256;
  const ShopSettings chosen = TuneBlend(log, std::vector<bool>(20, true), settings);
  EXPECT_EQ(chosen.blend.attribute, 256);
}

}  // namespace
}  // namespace baya::tools
