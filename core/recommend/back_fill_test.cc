#include "recommend/back_fill.h"

#include <gtest/gtest.h>

#include "pack/testing/shop_builder.h"

namespace baya::recommend {
namespace {

TEST(BackFillTest, FollowsLevelAndTrend) {
  const pack::SitePack pack = pack::testing::LampsAndMugs().Pack();
  const pack::Popularity& popularity = pack.shop()->popularity;
  const pack::Blend blend = {
      .half_life_days = 0, .attribute = 0, .repeat = 0, .popularity = 4, .trend = 2};
  EXPECT_EQ(PopularityScore(popularity, blend, 0), 4 * 255 * 1024);
  EXPECT_EQ(PopularityScore(popularity, blend, 5), 4 * 10 * 1024);
  EXPECT_EQ(TrendScore(popularity, blend, 1), 2 * 8 * 1024);
  EXPECT_EQ(TrendScore(popularity, blend, 2), -2 * 8 * 1024);
}

}  // namespace
}  // namespace baya::recommend
