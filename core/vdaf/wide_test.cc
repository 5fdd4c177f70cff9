#include "vdaf/wide.h"

#include <gtest/gtest.h>

#include "vdaf/testing/random.h"

namespace baya::vdaf {
namespace {

constexpr uint64_t kEdges[] = {0,          1,          2,          0x7fffffff,
                               0x80000000, 0xfffffffe, 0xffffffff, 0x100000000,
                               1ull << 63, ~0ull - 1,  ~0ull};

TEST(Wide, BothMultiplicationsAgreeWithTheCompilers) {
  const auto check = [](uint64_t a, uint64_t b) {
    const Uint128 expected = Uint128{a} * b;
    EXPECT_TRUE(MultiplyWidePortable(a, b) == expected) << a << " " << b;
    EXPECT_TRUE(MultiplyWide(a, b) == expected) << a << " " << b;
  };
  for (uint64_t a : kEdges) {
    for (uint64_t b : kEdges) check(a, b);
  }
  testing::Random random(1);
  for (int i = 0; i < 1000; ++i) check(random.Word(), random.Word());
}

TEST(Wide, BorrowMask) {
  const auto check = [](uint64_t a, uint64_t b) {
    EXPECT_EQ(BorrowMask(a, b, a - b), a < b ? ~uint64_t{0} : 0) << a << " " << b;
  };
  for (uint64_t a : kEdges) {
    for (uint64_t b : kEdges) check(a, b);
  }
  testing::Random random(2);
  for (int i = 0; i < 1000; ++i) check(random.Word(), random.Word());
}

}  // namespace
}  // namespace baya::vdaf
