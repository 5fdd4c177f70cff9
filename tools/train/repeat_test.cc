#include "train/repeat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/time_text.h"
#include "train/baskets.h"
#include "train/shop.h"
#include "train/testing/regulars.h"

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using testing::Regulars;

TEST(BasketsTest, AreEachPersonsInTime) {
  Log log;
  log.users = {"a", "b"};
  log.items.resize(3);
  log.interactions = {{0, 2, 50, 9}, {0, 1, 20, 4}, {0, 2, 50, 9}, {0, 0, 50, 9}, {1, 0, 30, 5}};
  const auto baskets = BasketsOf(log);
  ASSERT_EQ(baskets[0].size(), 2u);
  EXPECT_EQ(baskets[0][0].id, 4u);
  EXPECT_THAT(baskets[0][1].items, ElementsAre(0, 2));
  EXPECT_EQ(baskets[1].size(), 1u);
}

TEST(BasketsTest, ANextBasketHasSomeBeforeTheSplit) {
  const auto baskets = BasketsOf(Regulars(10, 4));
  const auto next = NextBaskets(baskets, 14 * kDayMs, 21 * kDayMs, 100, 1);
  ASSERT_EQ(next.size(), 10u);
  for (const NextBasket& one : next) EXPECT_EQ(one.place, 2u);
  EXPECT_EQ(NextBaskets(baskets, 14 * kDayMs, 21 * kDayMs, 4, 1).size(), 4u);
  EXPECT_TRUE(NextBaskets(baskets, 0, kDayMs, 100, 1).size() == 0);
}

TEST(BasketsTest, RowsBeforeKeepsTheNumbering) {
  const Log log = Regulars(4, 3);
  const Log before = RowsBefore(log, 7 * kDayMs, {true, false, true, true});
  EXPECT_EQ(before.items.size(), log.items.size());
  EXPECT_EQ(before.users.size(), 4u);
  for (const Interaction& row : before.interactions) {
    EXPECT_NE(row.user, 1u);
    EXPECT_LT(row.time_ms, 7 * kDayMs);
  }
  EXPECT_EQ(before.interactions.size(), 12u);
}

TEST(RepeatTest, LearnsThatWhatCameOftenComesAgain) {
  const Log log = Regulars(100, 10);
  const std::vector<bool> everyone(log.users.size(), true);
  const auto fit = FitRepeat(log, everyone, ShopSettings{}, {.days = 28});
  ASSERT_TRUE(fit.has_value());
  // Bins of `share`: in 90 % of the visits and more, against 10 to 15 %.
  const size_t share = pack::kRepeatBins[0];
  EXPECT_GT(fit->points[share + 9], fit->points[share + 2]);
  const pack::RepeatCard card = fit->Card(std::vector<ItemCounts>(7));
  EXPECT_EQ(card.item_points.size(), 7u);
}

TEST(RepeatTest, ALogThatIsTooShortHasNoCard) {
  const Log log = Regulars(20, 4);
  EXPECT_FALSE(FitRepeat(log, std::vector<bool>(20, true), ShopSettings{}, {.days = 14}));
}

TEST(RepeatTest, PutsWhatItemsShareIntoTheFirstFeature) {
  RepeatFit fit;
  fit.context = -0.5;
  fit.points[3] = 1;
  fit.slopes[1] = -0.5;
  const auto bins = ItemBinsOf(ItemCounts{});
  fit.item_points[bins[0]] = 0.25;
  const pack::RepeatCard card = fit.Card(std::vector<ItemCounts>(2));
  EXPECT_EQ(card.context, -2048);
  EXPECT_EQ(card.points[0], 256);
  EXPECT_EQ(card.points[3], 1024 + 256);
  EXPECT_EQ(card.slopes[1], -512);
  EXPECT_EQ(card.points[pack::kRepeatBins[0]], 0);
  EXPECT_THAT(card.item_points, ElementsAre(0, 0));
}

}  // namespace
}  // namespace baya::tools
