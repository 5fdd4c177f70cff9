#include "base/status.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"

namespace baya {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::Not;

Status Fail() { return kError<StatusCode::kNotFound, "no such thing">; }

Status Forward(bool* reached_end) {
  BAYA_RETURN_IF_ERROR(Fail());
  *reached_end = true;
  return OkStatus();
}

TEST(StatusTest, DefaultIsOk) {
  EXPECT_THAT(Status(), IsOk());
  EXPECT_EQ(Status(), OkStatus());
  EXPECT_EQ(Status().message(), "");
}

TEST(StatusTest, KeepsCodeAndMessage) {
  EXPECT_THAT(Fail(), Not(IsOk()));
  EXPECT_THAT(Fail(), StatusIs(StatusCode::kNotFound));
  EXPECT_EQ(Fail().message(), "no such thing");
}

TEST(StatusTest, ReturnIfErrorLeavesAtTheFirstError) {
  bool reached_end = false;
  EXPECT_THAT(Forward(&reached_end), StatusIs(StatusCode::kNotFound));
  EXPECT_FALSE(reached_end);
}

TEST(StatusTest, CodesHaveTheNumbersOfGrpc) {
  EXPECT_EQ(static_cast<int>(StatusCode::kInvalidArgument), 3);
  EXPECT_EQ(static_cast<int>(StatusCode::kPermissionDenied), 7);
  EXPECT_EQ(static_cast<int>(StatusCode::kFailedPrecondition), 9);
  EXPECT_EQ(static_cast<int>(StatusCode::kDataLoss), 15);
}

TEST(StatusTest, EveryCodeHasAName) {
  for (int code : {0, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}) {
    EXPECT_NE(StatusCodeName(static_cast<StatusCode>(code)), "unknown") << code;
  }
  EXPECT_EQ(StatusCodeName(static_cast<StatusCode>(200)), "unknown");
}

}  // namespace
}  // namespace baya
