// Matchers for Status and Result in tests: IsOk(), StatusIs(code), IsOkAndHolds(matcher).
#pragma once

#include <gmock/gmock.h>

#include <ostream>

#include "base/result.h"

namespace baya {

inline void PrintTo(const Status& status, std::ostream* out) {
  *out << StatusCodeName(status.code()) << ": " << status.message();
}

template <typename T>
void PrintTo(const Result<T>& result, std::ostream* out) {
  if (result.ok()) {
    *out << "a value";
  } else {
    PrintTo(result.status(), out);
  }
}

namespace testing {

inline const Status& StatusOf(const Status& status) { return status; }
// Of a Result, or whatever is like one.
template <typename T>
Status StatusOf(const T& result) {
  return result.status();
}

inline void Explain(const Status& status, ::testing::MatchResultListener* listener) {
  *listener << "which is " << StatusCodeName(status.code()) << ": " << status.message();
}

MATCHER(IsOk, "is OK") {
  const Status& status = StatusOf(arg);
  if (!status.ok()) Explain(status, result_listener);
  return status.ok();
}

MATCHER_P(StatusIs, code, std::string("has code ") + std::string(StatusCodeName(code))) {
  const Status& status = StatusOf(arg);
  Explain(status, result_listener);
  return status.code() == code;
}

MATCHER_P(IsOkAndHolds, matcher, "holds a value that matches") {
  if (!arg.ok()) {
    Explain(arg.status(), result_listener);
    return false;
  }
  return ::testing::ExplainMatchResult(matcher, *arg, result_listener);
}

}  // namespace testing
}  // namespace baya

#define BAYA_ASSERT_OK(expression) ASSERT_THAT((expression), ::baya::testing::IsOk())
#define BAYA_EXPECT_OK(expression) EXPECT_THAT((expression), ::baya::testing::IsOk())

// Declares or assigns `lhs` from a Result, or fails the test.
#define BAYA_ASSERT_OK_AND_ASSIGN(lhs, expression) \
  BAYA_ASSERT_OK_AND_ASSIGN_INNER(BAYA_CONCAT(baya_test_result_, __LINE__), lhs, expression)
#define BAYA_ASSERT_OK_AND_ASSIGN_INNER(result, lhs, expression) \
  auto result = (expression);                                    \
  ASSERT_THAT(result, ::baya::testing::IsOk());                  \
  lhs = std::move(result).value()
