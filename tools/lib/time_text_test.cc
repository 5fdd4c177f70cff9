#include "lib/time_text.h"

#include <gtest/gtest.h>

namespace baya::tools {
namespace {

TEST(TimeTextTest, ReadsTheFormsOfLogs) {
  EXPECT_EQ(ParseTimeMs("1970-01-02"), kDayMs);
  EXPECT_EQ(ParseTimeMs("2010-12-01T08:26:00Z"), 1291191960000);
  EXPECT_EQ(ParseTimeMs("2010-12-01 08:26"), 1291191960000);
  EXPECT_EQ(ParseTimeMs("2010-12-01 08:26:00.123456"), 1291191960000);
  EXPECT_EQ(ParseTimeMs("12/1/2010 8:26"), 1291191960000);
  EXPECT_EQ(ParseTimeMs("1291191960"), 1291191960000);
  EXPECT_EQ(ParseTimeMs("1291191960000"), 1291191960000);
  EXPECT_EQ(ParseTimeMs("2012-02-29"), 1330473600000);
}

TEST(TimeTextTest, RefusesTheRest) {
  for (const char* text : {"", "x", "2011-02-29", "2011-13-01", "2011-1", "2011-01-01T",
                           "2011-01-01T25:00", "2011-01-01T10:60", "2011-01-01T10:00:00+01:00",
                           "2011-01-01 ", "31/12/2010", "2011/01/01", "-5", "1291191960x"}) {
    EXPECT_EQ(ParseTimeMs(text), std::nullopt) << text;
  }
}

TEST(TimeTextTest, WritesTheDay) {
  EXPECT_EQ(DateText(1291191960000), "2010-12-01");
  EXPECT_EQ(DateText(-1), "1969-12-31");
}

}  // namespace
}  // namespace baya::tools
