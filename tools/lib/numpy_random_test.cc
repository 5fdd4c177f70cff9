#include "lib/numpy_random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace baya::tools {
namespace {

using ::testing::ElementsAre;

// All expected values: numpy 1.24.2.

TEST(NumpyRandomTest, GivesTheRawNumbersOfDefaultRng) {
  NumpyRandom random(98765);
  EXPECT_EQ(random.Next64(), 0x063a63495fffd237u);
  EXPECT_EQ(random.Next64(), 0xbec9b0a1ee3574a2u);
  EXPECT_EQ(random.Next64(), 0x9f7fc7f1d0b9cbb3u);
}

TEST(NumpyRandomTest, PermutesAsGeneratorPermutation) {
  EXPECT_THAT(NumpyRandom(98765).Permutation(10), ElementsAre(8, 0, 6, 5, 4, 9, 3, 1, 2, 7));
  std::vector<uint32_t> first = NumpyRandom(98765).Permutation(4076);
  first.resize(8);
  EXPECT_THAT(first, ElementsAre(2661, 3991, 3199, 282, 4050, 2885, 972, 3394));
}

TEST(NumpyRandomTest, ShufflesAsGeneratorShuffle) {
  std::vector<int> seven = {0, 1, 2, 3, 4, 5, 6};
  NumpyRandom(1).Shuffle(seven);
  EXPECT_THAT(seven, ElementsAre(5, 0, 1, 4, 2, 6, 3));
  std::vector<uint32_t> none;
  NumpyRandom(1).Shuffle(none);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace baya::tools
