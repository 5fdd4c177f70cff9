#include "train/cost.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace baya::tools {
namespace {

TEST(CostTest, NamesCountsStepsTimesAndMemory) {
  Cost cost;
  cost.Step("read");
  cost.Step("learn");
  EXPECT_THAT(cost.Json({{"items", 7}}),
              ::testing::MatchesRegex(
                  "\\{\"items\": 7, \"read_seconds\": [0-9.]+, \"learn_seconds\": [0-9.]+, "
                  "\"seconds\": [0-9.]+, \"cpu_seconds\": [0-9.]+, "
                  "\"peak_megabytes\": [1-9][0-9.]+\\}"));
}

}  // namespace
}  // namespace baya::tools
