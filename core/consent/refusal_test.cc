#include "consent/refusal.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"

namespace baya::consent {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

// date -u -d '2026-11-22T13:37:00' +%s
constexpr int64_t kRefusedMs = 1'795'354'620'000;

TEST(RefusalTest, HasTheseBytes) {
  EXPECT_EQ(EncodeRefusal(kRefusedMs), R"({"version":1,"choice":"refused","date":"2026-11-22"})");
}

TEST(RefusalTest, IsTheSameForEverybodyOnOneDay) {
  const std::string first = EncodeRefusal(1'795'305'600'000);  // the day's first millisecond
  EXPECT_EQ(EncodeRefusal(kRefusedMs), first);
  EXPECT_EQ(EncodeRefusal(1'795'391'999'999), first);  // and its last
  EXPECT_NE(EncodeRefusal(1'795'392'000'000), first);
}

TEST(RefusalTest, ReadsBackForEveryDayOfFourCenturies) {
  for (int64_t day = 0; day < 146'097; ++day) {
    ASSERT_THAT(CheckRefusal(AsBytes(EncodeRefusal(day * 86'400'000))), IsOk()) << day;
  }
}

TEST(RefusalTest, AClockOutOfRangeGivesTheNearestDay) {
  EXPECT_EQ(EncodeRefusal(-1), EncodeRefusal(0));
  EXPECT_EQ(EncodeRefusal(INT64_MAX), R"({"version":1,"choice":"refused","date":"9999-12-31"})");
}

TEST(RefusalTest, NothingElseIsARefusal) {
  const std::string record = EncodeRefusal(kRefusedMs);
  for (size_t size = 0; size < record.size(); ++size) {
    EXPECT_THAT(CheckRefusal(AsBytes(record.substr(0, size))),
                StatusIs(StatusCode::kInvalidArgument));
  }
  EXPECT_THAT(CheckRefusal(AsBytes(record + " ")), StatusIs(StatusCode::kInvalidArgument));
  for (const char* date : {"2026-02-29", "2026-13-01", "2026-00-10", "1969-12-31", "2026/11/22",
                           "2026-11-3a", "-026-11-22"}) {
    const std::string bad =
        std::string(R"({"version":1,"choice":"refused","date":")") + date + R"("})";
    EXPECT_THAT(CheckRefusal(AsBytes(bad)), StatusIs(StatusCode::kInvalidArgument)) << date;
  }
}

TEST(RefusalTest, TheMarkOfAGrantIsToldApart) {
  const std::string mark = EncodeGrantMark(kRefusedMs);
  EXPECT_EQ(mark, R"({"version":1,"choice":"granted","date":"2026-11-22"})");
  EXPECT_THAT(CheckGrantMark(AsBytes(mark)), IsOk());
  EXPECT_THAT(CheckRefusal(AsBytes(mark)), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(CheckGrantMark(AsBytes(EncodeRefusal(kRefusedMs))),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(CheckGrantMark({}), StatusIs(StatusCode::kInvalidArgument));
}

TEST(RefusalTest, TheMarkOfAnErasureBecomesTheRefusalOfItsDay) {
  const std::string mark = R"({"version":1,"choice":"erasing","date":"2026-11-22"})";
  EXPECT_EQ(RefusalAfterErasing(AsBytes(mark)), EncodeRefusal(kRefusedMs));
  EXPECT_THAT(CheckRefusal(AsBytes(mark)), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(CheckGrantMark(AsBytes(mark)), StatusIs(StatusCode::kInvalidArgument));
  for (size_t size = 0; size < mark.size(); ++size) {
    EXPECT_EQ(RefusalAfterErasing(AsBytes(mark.substr(0, size))), "");
  }
  EXPECT_EQ(RefusalAfterErasing(AsBytes(mark + " ")), "");
  EXPECT_EQ(RefusalAfterErasing(AsBytes(EncodeRefusal(kRefusedMs))), "");
  EXPECT_EQ(RefusalAfterErasing(AsBytes(EncodeGrantMark(kRefusedMs))), "");
}

}  // namespace
}  // namespace baya::consent
