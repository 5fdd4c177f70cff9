#include "pack/popularity.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "pack/writer/sections.h"

namespace baya::pack {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::Not;

TEST(PopularityTest, ReadsWhatTheWriterWrote) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes section, EncodePopularity({{255, -127, 3, 4}, {0, 5, 255, 0}}));
  {
    BAYA_ASSERT_OK_AND_ASSIGN(const Popularity popularity, Popularity::Parse(section));
    ASSERT_EQ(popularity.size(), 2u);
    EXPECT_EQ(popularity.level(0), 255);
    EXPECT_EQ(popularity.trend(0), -127);
    EXPECT_EQ(popularity.trend(1), 5);
    EXPECT_EQ(popularity.repeat_rate(1), 255);
    EXPECT_EQ(popularity.repeat_days(0), 4);
  }
  for (size_t size = 0; size < section.size(); ++size) {
    EXPECT_THAT(Popularity::Parse(ByteView(section).first(size)), Not(IsOk())) << size;
  }
  section.push_back(0);
  EXPECT_THAT(Popularity::Parse(section), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::pack
