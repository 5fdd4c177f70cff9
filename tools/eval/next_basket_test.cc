#include "eval/next_basket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/time_text.h"
#include "lib/tool_error.h"
#include "train/testing/regulars.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using testing::Regulars;

double Recall(const std::vector<BasketQuality>& qualities) {
  double sum = 0;
  for (const BasketQuality& quality : qualities) sum += quality.recall_at_20;
  return sum / static_cast<double>(qualities.size());
}

TEST(NextBasketTest, MeasuresEveryModelOnTheSameBaskets) {
  NextBasketOptions options;
  options.split_ms = 42 * kDayMs;
  options.tune = false;
  options.repeat.days = 21;
  const NextBasketReport report = RunNextBasket(Regulars(100, 8), options);
  EXPECT_EQ(report.training_baskets, 600u);
  // Two baskets of four items for everyone, one of which is the coffee.
  EXPECT_DOUBLE_EQ(report.repeat_share, 0.25);
  ASSERT_EQ(report.models.size(), 6u);
  for (const BasketModel& model : report.models) {
    EXPECT_EQ(model.all.size(), 200u);
    EXPECT_EQ(model.repeat.size(), 200u);
    EXPECT_EQ(model.fresh.size(), 200u);
  }
  // Everyone had at most 22 items: nearly all of them fit on the list.
  EXPECT_GT(Recall(report.models[0].repeat), 0.99);
  EXPECT_THAT(NextBasketText(report), HasSubstr("pack - own frequency"));
}

TEST(NextBasketTest, NeedsBasketsAfterTheSplit) {
  NextBasketOptions options;
  options.split_ms = 1000 * kDayMs;
  EXPECT_THROW(RunNextBasket(Regulars(10, 3), options), ToolError);
}

TEST(NextBasketTest, LooksAtNothingPastTheEnd) {
  NextBasketOptions options;
  options.split_ms = 42 * kDayMs;
  options.before_ms = 49 * kDayMs;
  options.baskets = 30;
  options.tune = false;
  options.dense = false;
  const NextBasketReport report = RunNextBasket(Regulars(100, 8), options);
  ASSERT_EQ(report.models.size(), 5u);
  EXPECT_EQ(report.models[4].name, "item-kNN");
  EXPECT_EQ(report.earlier, std::vector<uint32_t>(30, 6));
}

}  // namespace
}  // namespace baya::tools
