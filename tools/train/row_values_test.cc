#include "train/row_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RowValuesTest, ReadsNumbersWhole) {
  EXPECT_EQ(ParseNumber(" -6 "), -6.0);
  EXPECT_EQ(ParseNumber("1e3"), 1000.0);
  for (const char* text : {"", " ", "6x", "x6", "nan", "inf"}) {
    EXPECT_EQ(ParseNumber(text), std::nullopt) << text;
  }
}

TEST(RowValuesTest, ReadsPricesInCents) {
  EXPECT_EQ(ParsePriceMinor("2.55"), 255u);
  EXPECT_EQ(ParsePriceMinor("0.29"), 29u);
  EXPECT_EQ(ParsePriceMinor("0"), 0u);
  EXPECT_EQ(ParsePriceMinor("-1"), std::nullopt);
  EXPECT_EQ(ParsePriceMinor("1e9"), std::nullopt);
}

TEST(RowValuesTest, ReadsYesNoAndLists) {
  EXPECT_EQ(ParseYesNo("Yes"), true);
  EXPECT_EQ(ParseYesNo(" 0 "), false);
  EXPECT_EQ(ParseYesNo("maybe"), std::nullopt);
  EXPECT_THAT(SplitList(" a |b c||d|"), ElementsAre("a", "b c", "d"));
  EXPECT_THAT(SplitList(" "), IsEmpty());
}

TEST(RowValuesTest, WritesSentences) {
  EXPECT_EQ(SentenceCase("SET/2 RED T-LIGHT"), "Set/2 red t-light");
  EXPECT_EQ(SentenceCase("10 COLOUR PEN"), "10 Colour pen");
  EXPECT_EQ(SentenceCase("WHITE MUG 20cm"), "WHITE MUG 20cm");
}

TEST(RowValuesTest, CutsBetweenCharacters) {
  EXPECT_EQ(CutText("abc", 3), "abc");
  EXPECT_EQ(CutText("abc", 2), "ab");
  EXPECT_EQ(CutText("a\xC3\xA9", 2), "a");
  EXPECT_EQ(CutText("\xE2\x82\xAC", 2), "");
}

}  // namespace
}  // namespace baya::tools
