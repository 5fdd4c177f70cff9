#include "pack/repeat.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "pack/writer/sections.h"

namespace baya::pack {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::Not;

TEST(RepeatTest, ReadsWhatTheWriterWrote) {
  RepeatCard card;
  card.context = -300;
  card.points.front() = -32768;
  card.points.back() = 32767;
  card.slopes.front() = -2;
  card.slopes.back() = 3;
  card.item_points = {-128, 127};
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes section, EncodeRepeat(card));
  {
    BAYA_ASSERT_OK_AND_ASSIGN(const Repeat repeat, Repeat::Parse(section));
    ASSERT_EQ(repeat.size(), 2u);
    EXPECT_EQ(repeat.context(), -300);
    EXPECT_EQ(repeat.points(0), -32768);
    EXPECT_EQ(repeat.points(kRepeatPoints - 1), 32767);
    EXPECT_EQ(repeat.slope(0), -2);
    EXPECT_EQ(repeat.slope(kRepeatAmounts - 1), 3);
    EXPECT_EQ(repeat.item_points(0), -128);
    EXPECT_EQ(repeat.item_points(1), 127);
  }
  for (size_t size = 0; size < section.size(); ++size) {
    EXPECT_THAT(Repeat::Parse(ByteView(section).first(size)), Not(IsOk())) << size;
  }
  section.push_back(0);
  EXPECT_THAT(Repeat::Parse(section), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::pack
