#include "codec/decimal.h"

#include <gtest/gtest.h>

#include <string>

namespace baya::codec {
namespace {

TEST(DecimalTextTest, EqualsTheLibrary) {
  for (const int64_t value : {INT64_MIN, INT64_MIN + 1, int64_t{-10}, int64_t{-9}, int64_t{0},
                              int64_t{7}, int64_t{100}, INT64_MAX}) {
    EXPECT_EQ(DecimalText(value), std::to_string(value));
  }
}

}  // namespace
}  // namespace baya::codec
