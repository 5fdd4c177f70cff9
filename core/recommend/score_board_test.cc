#include "recommend/score_board.h"

#include <gtest/gtest.h>

namespace baya::recommend {
namespace {

TEST(ScoreBoardTest, AddsUp) {
  ScoreBoard board(3);
  board.Add(1, int64_t{1} << 46);
  board.Add(1, -(int64_t{1} << 20));
  EXPECT_EQ(board.Of(0), 0);
  EXPECT_EQ(board.Of(1), (int64_t{1} << 46) - (int64_t{1} << 20));
}

TEST(ScoreBoardTest, PassesOverNothingThatHasTheScore) {
  for (const uint32_t size : {0u, 1u, 63u, 64u, 65u, 200u, 1000u}) {
    ScoreBoard board(size);
    uint64_t random = size + 1;
    for (uint32_t i = 0; i < 5 * size; ++i) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      const auto item = static_cast<ItemIndex>((random >> 33) % size);
      board.Add(item, static_cast<int64_t>(random << 18) >> 20);
    }
    for (int64_t bar = -(int64_t{1} << 46); bar < int64_t{1} << 46; bar += int64_t{1} << 42) {
      ItemIndex next = board.NextAtLeast(0, bar);
      for (ItemIndex item = 0; item < size; ++item) {
        if (item < next) {
          ASSERT_LT(board.Of(item), bar);
        } else {
          next = board.NextAtLeast(item + 1, bar);
        }
      }
      ASSERT_EQ(next, size);
    }
  }
}

TEST(ScoreBoardTest, WithoutABarEveryItemMayHaveIt) {
  ScoreBoard board(70);
  board.Add(3, -(int64_t{1} << 46));
  for (ItemIndex item = 0; item < board.size(); ++item) {
    EXPECT_EQ(board.NextAtLeast(item, INT64_MIN), item);
  }
  EXPECT_EQ(board.NextAtLeast(0, INT64_MAX), board.size());
}

TEST(ScoreBoardTest, LooksAtFewWhenTheBarIsHigh) {
  ScoreBoard board(10'000);
  for (ItemIndex item = 0; item < board.size(); ++item) board.Add(item, item % 100);
  board.Add(7'777, int64_t{1} << 40);
  EXPECT_EQ(board.NextAtLeast(0, int64_t{1} << 39), 7'777u);
  EXPECT_EQ(board.NextAtLeast(7'778, int64_t{1} << 39), board.size());
}

}  // namespace
}  // namespace baya::recommend
