#include "engine/believed_time.h"

#include <gtest/gtest.h>

#include "engine/limits.h"

namespace baya::engine {
namespace {

constexpr int64_t kNowMs = 1'795'354'620'000;  // 2026-11-22
constexpr int64_t kTenYearsMs = 3'652 * kDayMs;

BelievedTime SeenAt() { return {kNowMs, 0}; }

TEST(BelievedTimeTest, TheFirstLookAndSmallStepsAreBelieved) {
  BelievedTime time;
  EXPECT_EQ(time.Look(kNowMs, true), kNowMs);
  EXPECT_EQ(time.Look(kNowMs + kMaxJumpMs, false), kNowMs + kMaxJumpMs);
  EXPECT_EQ(time.Look(kNowMs, true), kNowMs);
  EXPECT_EQ(time, SeenAt());
}

TEST(BelievedTimeTest, AClockThatIsWrongOnceIsNotBelieved) {
  for (const int64_t wrong_ms : {kNowMs + kTenYearsMs, kNowMs - kTenYearsMs, int64_t{1},
                                 kNowMs + kMaxJumpMs + 1, kNowMs - kMaxJumpMs - 1}) {
    BelievedTime time = SeenAt();
    EXPECT_LE(time.Look(wrong_ms, true), kNowMs);
    EXPECT_EQ(time, (BelievedTime{kNowMs, wrong_ms}));
    EXPECT_EQ(time.Look(kNowMs + kDayMs, true), kNowMs + kDayMs);
    EXPECT_EQ(time, (BelievedTime{kNowMs + kDayMs, 0}));
  }
}

TEST(BelievedTimeTest, ASecondStartADayLaterAgrees) {
  const int64_t later_ms = kNowMs + kTenYearsMs;
  BelievedTime time = SeenAt();
  EXPECT_EQ(time.Look(later_ms, true), kNowMs);
  EXPECT_EQ(time.Look(later_ms + kMinAgreeMs - 1, true), kNowMs) << "too soon";
  EXPECT_EQ(time.Look(later_ms + kMinAgreeMs, false), kNowMs) << "the same page, no start";
  EXPECT_EQ(time.Look(later_ms + kMinAgreeMs, true), later_ms + kMinAgreeMs);
  EXPECT_EQ(time, (BelievedTime{later_ms + kMinAgreeMs, 0}));
}

// Every visit is far from the one before: each is believed at the next.
TEST(BelievedTimeTest, AVisitorOnceAYearIsBelievedAYearLater) {
  BelievedTime time = SeenAt();
  for (int64_t year = 1; year < 10; ++year) {
    EXPECT_EQ(time.Look(kNowMs + year * 365 * kDayMs, true), kNowMs + (year - 1) * 365 * kDayMs);
  }
}

// A clock that was ahead once does not keep a long absence from being believed.
TEST(BelievedTimeTest, AnEarlierTimeReplacesADoubtedOne) {
  BelievedTime time = SeenAt();
  time.Look(kNowMs + kTenYearsMs, true);
  EXPECT_EQ(time.Look(kNowMs + 400 * kDayMs, true), kNowMs);
  EXPECT_EQ(time.Look(kNowMs + 402 * kDayMs, true), kNowMs + 402 * kDayMs);
}

TEST(BelievedTimeTest, AClockThatWasAheadForLongIsSetRight) {
  BelievedTime time = {kNowMs + kTenYearsMs, 0};
  EXPECT_EQ(time.Look(kNowMs, true), kNowMs);
  EXPECT_EQ(time.Look(kNowMs + kDayMs, true), kNowMs + kDayMs);
  EXPECT_EQ(time.Look(kNowMs + kTenYearsMs, true), kNowMs + kDayMs) << "doubted again";
}

}  // namespace
}  // namespace baya::engine
