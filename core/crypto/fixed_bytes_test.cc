#include "crypto/fixed_bytes.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"

namespace baya::crypto {
namespace {

using ::baya::testing::StatusIs;

TEST(FixedBytesTest, CopiesExactlyNBytes) {
  BAYA_ASSERT_OK_AND_ASSIGN(auto copy, FixedBytes<4>(AsBytes("seed")));
  EXPECT_EQ(AsText(copy), "seed");
}

TEST(FixedBytesTest, RefusesAnyOtherNumber) {
  EXPECT_THAT(FixedBytes<4>(AsBytes("see")), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(FixedBytes<4>(AsBytes("seeds")), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(FixedBytes<4>({}), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::crypto
