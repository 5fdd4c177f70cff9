#include "recommend/buy_again.h"

#include <gtest/gtest.h>

#include "pack/testing/shop_builder.h"

namespace baya::recommend {
namespace {

using pack::testing::LampsAndMugs;

constexpr ItemIndex kMug = 3;  // bought again by 128 in 255, after 20 days

ItemState OrderedOnce(int64_t day) {
  return {.strength_q10 = 1024,
          .opinion = Opinion::kNone,
          .order_count = 1,
          .orders_q10 = 1024,
          .last_order_day = day};
}

TEST(BuyAgainTest, GrowsFromNothingToTheUsualInterval) {
  const pack::SitePack pack = LampsAndMugs().Pack();
  const pack::Popularity& popularity = pack.shop()->popularity;
  const ItemState state = OrderedOnce(100);
  EXPECT_EQ(BuyAgainScore(popularity, 4096, kMug, state, 100), 0);
  const int64_t half = BuyAgainScore(popularity, 4096, kMug, state, 110);
  const int64_t full = BuyAgainScore(popularity, 4096, kMug, state, 120);
  EXPECT_EQ(full, int64_t{4096} * 128 * 1024);  // log2(1 + 1) = 1
  EXPECT_EQ(half, full / 2);
  EXPECT_EQ(BuyAgainScore(popularity, 4096, kMug, state, 500), full);
  EXPECT_EQ(BuyAgainScore(popularity, 4096, kMug, state, 90), 0);
}

TEST(BuyAgainTest, SaysNothingOfWhatWasNeverOrderedOrNeverComesBack) {
  const pack::SitePack pack = LampsAndMugs().Pack();
  const pack::Popularity& popularity = pack.shop()->popularity;
  EXPECT_EQ(BuyAgainScore(popularity, 4096, kMug, ItemState{}, 500), 0);
  EXPECT_EQ(BuyAgainScore(popularity, 4096, 0, OrderedOnce(0), 500), 0);
}

TEST(BuyAgainTest, AnUnknownIntervalIsAMonth) {
  const pack::SitePack pack = LampsAndMugs().Pack();
  const pack::Popularity& popularity = pack.shop()->popularity;
  const ItemState state = OrderedOnce(0);  // mug-1: rate 10, no interval
  EXPECT_EQ(BuyAgainScore(popularity, 4096, 1, state, 15) * 2,
            BuyAgainScore(popularity, 4096, 1, state, 30));
}

}  // namespace
}  // namespace baya::recommend
