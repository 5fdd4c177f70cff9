#include "train/budget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/tool_error.h"
#include "train/testing/two_kinds.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(BudgetTest, ReadsSizes) {
  EXPECT_EQ(ParseBudget("300KB"), 300'000u);
  EXPECT_EQ(ParseBudget("2.5MB"), 2'500'000u);
  EXPECT_EQ(ParseBudget("4096"), 4096u);
  for (const char* wrong : {"", "KB", "-3KB", "0", "3GB", "1e30"}) {
    EXPECT_THROW(ParseBudget(wrong), ToolError) << wrong;
  }
}

TEST(BudgetTest, KeepsTheLargestWeights) {
  const ItemTable kept = Largest({{{1, 0.1}, {2, -0.9}, {3, 0.5}, {4, 0.5}}, {}}, 2);
  ASSERT_EQ(kept[0].size(), 2u);
  EXPECT_EQ(kept[0][0].source, 2u);
  EXPECT_EQ(kept[0][1].source, 3u);
  EXPECT_TRUE(kept[1].empty());
}

TEST(BudgetTest, TakesTheBestThatFits) {
  const std::vector<SizePoint> points = {
      {4, 4, 100, 0.20}, {4, 8, 150, 0.25}, {8, 4, 160, 0.25}, {8, 8, 200, 0.30}};
  EXPECT_EQ(BestWithin(points, 1000).gzip, 200u);
  EXPECT_EQ(BestWithin(points, 199).gzip, 150u);
  EXPECT_EQ(BestWithin(points, 149).gzip, 100u);
  EXPECT_THAT([&] { BestWithin(points, 99); },
              ThrowsMessage<ToolError>(HasSubstr("the smallest model takes")));
  std::vector<SizePoint> unmeasured = points;
  for (SizePoint& point : unmeasured) point.recall = -1;
  EXPECT_EQ(BestWithin(unmeasured, 170).gzip, 160u);
}

TEST(BudgetTest, MeasuresEveryPointOfTheCurve) {
  const Log log = testing::TwoKinds(400);
  const std::vector<bool> everyone(400, true);
  ShopSettings settings;
  settings.ridge.keep = 64;
  const Shop shop(log, everyone, settings);
  const ItemTable table = SolveLocalRidge(shop.gram(), settings.ridge);
  const auto points = QualityForSize(log, everyone, shop, table, settings);
  ASSERT_EQ(points.size(), 13u);
  EXPECT_LT(points[0].gzip, points[1].gzip);   // 4 bits before 8
  EXPECT_LT(points[0].gzip, points[10].gzip);  // 4 sources before 24
  for (const SizePoint& point : points) EXPECT_GT(point.recall, 0.2);
  settings.bits = points[4].bits;
  EXPECT_EQ(points[4].gzip, RankingBytes(shop.Sections(Largest(table, points[4].keep), settings)));
  EXPECT_THAT(SizeCurveText(points), HasSubstr("of the last line"));
}

}  // namespace
}  // namespace baya::tools
