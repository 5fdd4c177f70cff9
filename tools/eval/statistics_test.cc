#include "eval/statistics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace baya::tools {
namespace {

TEST(StatisticsTest, MeanAndStandardError) {
  const std::vector<double> values = {1, 2, 3, 4};
  EXPECT_DOUBLE_EQ(MeanOf(values).value, 2.5);
  // Sample variance 5/3, over four values.
  EXPECT_NEAR(MeanOf(values).error, 0.645497, 1e-6);
}

TEST(StatisticsTest, PairedDifferencesTellWhatMeansDoNot) {
  const std::vector<double> a = {0.11, 0.52, 0.93, 0.31}, b = {0.10, 0.50, 0.92, 0.30};
  EXPECT_TRUE(MeanOf(Differences(a, b)).DiffersFromZero());
  EXPECT_FALSE(MeanOf(Differences(a, std::vector<double>{0.2, 0.4, 0.95, 0.3})).DiffersFromZero());
}

}  // namespace
}  // namespace baya::tools
