#include "train/held_out.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;

TEST(HeldOutTest, PartsAFifthRoundedAtLeastOne) {
  const std::vector<std::pair<size_t, size_t>> wanted = {{1, 1},  {5, 1},  {7, 1},   {8, 2},
                                                         {12, 2}, {13, 3}, {100, 20}};
  for (const auto& [size, expected] : wanted) {
    std::vector<uint32_t> items(size);
    for (uint32_t i = 0; i < size; ++i) items[i] = 10 * i;
    HeldOut parts = PartItems(items, 3);
    EXPECT_THAT(parts.wanted, SizeIs(expected)) << size;
    parts.told.insert(parts.told.end(), parts.wanted.begin(), parts.wanted.end());
    EXPECT_THAT(parts.told, UnorderedElementsAreArray(items));
  }
}

// default_rng(1).shuffle of seven items is 5, 0, 1, 4, 2, 6, 3 (numpy 1.24.2).
TEST(HeldOutTest, TakesTheFrontOfNumpysShuffle) {
  const std::vector<uint32_t> items = {0, 1, 2, 3, 4, 5, 6};
  const HeldOut parts = PartItems(items, 1);
  EXPECT_THAT(parts.wanted, ElementsAre(5));
  EXPECT_THAT(parts.told, ElementsAre(0, 1, 4, 2, 6, 3));
}

TEST(HeldOutTest, JudgesByHand) {
  const std::vector<uint32_t> top = {9, 1, 8, 2};
  const std::vector<uint32_t> wanted = {1, 2, 3};
  const Quality quality = Judge(top, wanted);
  EXPECT_DOUBLE_EQ(quality.recall_at_20, 2.0 / 3);
  const double ideal = 1 + 1 / std::log2(3.0) + 1 / std::log2(4.0);
  EXPECT_DOUBLE_EQ(quality.ndcg_at_100, (1 / std::log2(3.0) + 1 / std::log2(5.0)) / ideal);
  EXPECT_EQ(quality.hit_at_20, 1);
  EXPECT_DOUBLE_EQ(quality.mrr_at_20, 0.5);
  EXPECT_EQ(quality.top, top);
  const Quality none = Judge(std::vector<uint32_t>{9, 8}, wanted);
  EXPECT_EQ(none.hit_at_20, 0);
  EXPECT_EQ(none.mrr_at_20, 0);
}

TEST(HeldOutTest, CountsTwentyPlacesForRecallAndDividesByTwentyAtMost) {
  std::vector<uint32_t> top(100), wanted;
  for (uint32_t i = 0; i < 100; ++i) top[i] = i;
  for (uint32_t i = 10; i < 50; ++i) wanted.push_back(i);
  EXPECT_DOUBLE_EQ(Judge(top, wanted).recall_at_20, 0.5);
}

}  // namespace
}  // namespace baya::tools
