#include "recommend/exposure.h"

#include <gtest/gtest.h>

namespace baya::recommend {
namespace {

TEST(ExposureTest, RestsAfterFiveDaysOnTheShelfAndComesBack) {
  Exposure exposure;
  for (int64_t day = 100; day < 105; ++day) {
    EXPECT_FALSE(exposure.Rests(3, day));
    for (int draw = 0; draw < 9; ++draw) exposure.Show(3, day);
  }
  EXPECT_TRUE(exposure.Rests(3, 104));
  EXPECT_TRUE(exposure.Rests(3, 104 + Exposure::kRestDays));
  EXPECT_FALSE(exposure.Rests(3, 105 + Exposure::kRestDays));
  EXPECT_FALSE(exposure.Rests(2, 104));
  EXPECT_FALSE(exposure.Rests(4, 104));
  exposure.Clear();
  EXPECT_FALSE(exposure.Rests(3, 104));
}

TEST(ExposureTest, WhatIsTakenUpStartsAnew) {
  Exposure exposure;
  for (int64_t day = 0; day < 4; ++day) exposure.Show(1, day);
  exposure.Take(1);
  exposure.Take(7);
  for (int64_t day = 4; day < 8; ++day) exposure.Show(1, day);
  EXPECT_FALSE(exposure.Rests(1, 8));
  exposure.Show(1, 8);
  EXPECT_TRUE(exposure.Rests(1, 8));
  EXPECT_FALSE(exposure.Rests(7, 8));
}

}  // namespace
}  // namespace baya::recommend
