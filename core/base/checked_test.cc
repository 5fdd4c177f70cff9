#include "base/checked.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace baya {
namespace {

TEST(CheckedAddTest, NoticesOverflow) {
  EXPECT_EQ(CheckedAdd<uint32_t>(1, 2), 3u);
  EXPECT_EQ(CheckedAdd<uint32_t>(UINT32_MAX, 0), UINT32_MAX);
  EXPECT_EQ(CheckedAdd<uint32_t>(UINT32_MAX, 1), std::nullopt);
}

TEST(CheckedMultiplyTest, NoticesOverflow) {
  EXPECT_EQ(CheckedMultiply<uint32_t>(6, 7), 42u);
  EXPECT_EQ(CheckedMultiply<uint32_t>(UINT32_MAX, 0), 0u);
  EXPECT_EQ(CheckedMultiply<uint32_t>(1u << 16, 1u << 16), std::nullopt);
}

}  // namespace
}  // namespace baya
