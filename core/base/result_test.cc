#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

#include "base/testing/status_matchers.h"

namespace baya {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::Eq;

Result<int> Half(int n) {
  if (n % 2 != 0) return kError<StatusCode::kInvalidArgument, "odd">;
  return n / 2;
}

Result<int> Quarter(int n) {
  BAYA_ASSIGN_OR_RETURN(int half, Half(n));
  BAYA_ASSIGN_OR_RETURN(half, Half(half));
  return half;
}

TEST(ResultTest, HoldsAValue) { EXPECT_THAT(Half(6), IsOkAndHolds(Eq(3))); }

TEST(ResultTest, HoldsAStatus) { EXPECT_THAT(Half(5), StatusIs(StatusCode::kInvalidArgument)); }

TEST(ResultTest, AssignOrReturnGoesOnOrLeaves) {
  EXPECT_THAT(Quarter(12), IsOkAndHolds(Eq(3)));
  EXPECT_THAT(Quarter(6), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ResultTest, AnOkStatusIsNoResult) {
  EXPECT_THAT(Result<int>(OkStatus()), StatusIs(StatusCode::kInternal));
}

TEST(ResultTest, MovesMoveOnlyValues) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
  std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 7);
}

TEST(ResultDeathTest, TakingAValueThatIsNotThereAborts) {
#if GTEST_HAS_DEATH_TEST
  Result<int> result = Half(5);
  EXPECT_DEATH((void)result.value(), "");
#else
  EXPECT_FALSE(Half(5).ok());
#endif
}

}  // namespace
}  // namespace baya
