#include "recommend/fixed_point.h"

#include <gtest/gtest.h>

#include <cmath>

namespace baya::recommend {
namespace {

TEST(FixedPointTest, LogarithmIsExactAtPowersOfTwoAndCloseBetween) {
  EXPECT_EQ(Log2Q10(kOneQ10), 0);
  EXPECT_EQ(Log2Q10(2 * kOneQ10), kOneQ10);
  EXPECT_EQ(Log2Q10(int64_t{kOneQ10} << 40), 40 * kOneQ10);
  EXPECT_EQ(Log2Q10(0), 0);
  EXPECT_EQ(Log2Q10(-5), 0);
  int32_t before = 0;
  for (int64_t x = kOneQ10; x < 64 * kOneQ10; x += 7) {
    const int32_t value = Log2Q10(x);
    EXPECT_GE(value, before);
    before = value;
    const double exact = std::log2(static_cast<double>(x) / kOneQ10);
    EXPECT_NEAR(value / 1024.0, exact - 0.043, 0.0445) << x;
  }
}

TEST(FixedPointTest, DecayHalvesEveryHalfLife) {
  EXPECT_EQ(DecayQ10(0, 60), kOneQ10);
  EXPECT_EQ(DecayQ10(-3, 60), kOneQ10);
  EXPECT_EQ(DecayQ10(1'000'000, 0), kOneQ10);
  EXPECT_EQ(DecayQ10(60, 60), 512);
  EXPECT_EQ(DecayQ10(120, 60), 256);
  EXPECT_EQ(DecayQ10(1'000'000'000, 1), 0);
}

TEST(FixedPointTest, DecayIsTheExponentialWithinOneStep) {
  for (const uint16_t half_life : {uint16_t{1}, uint16_t{7}, uint16_t{60}, uint16_t{65535}}) {
    int32_t before = kOneQ10;
    for (int64_t age = 0; age < 800; ++age) {
      const int32_t value = DecayQ10(age, half_life);
      EXPECT_LE(value, before);
      before = value;
      const double exact = 1024 * std::exp2(-static_cast<double>(age) / half_life);
      // A step is 2^(-1/256), 0.27 %; the age is rounded down to it.
      EXPECT_NEAR(value, exact, 0.0028 * exact + 1) << age << " " << half_life;
    }
  }
}

}  // namespace
}  // namespace baya::recommend
