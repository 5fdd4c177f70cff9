// Every target takes its stored inputs and the valid ones of today, and stands some changed ones.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <string>

#include "corpus.h"
#include "fuzz_target.h"
#include "mutator.h"

namespace baya::fuzz {
namespace {

// tests/fuzz/main.cc does many more, without a sanitizer; so many take a second here.
constexpr int kMutations = 300;
constexpr std::chrono::seconds kLongest{1};

class ReplayTest : public ::testing::TestWithParam<Target> {
 protected:
  static bool Run(ByteView input) {
    const auto start = std::chrono::steady_clock::now();
    const bool taken = GetParam().fuzz(input);
    EXPECT_LT(std::chrono::steady_clock::now() - start, kLongest) << HexOf(input);
    return taken;
  }
};

TEST_P(ReplayTest, TakesWhatIsValidAndStandsTheRest) {
  const std::vector<Bytes> stored = ReadCorpus(BAYA_FUZZ_CORPUS, GetParam().name);
  ASSERT_FALSE(stored.empty());
  size_t taken = 0;
  for (const Bytes& input : stored) taken += Run(input) ? 1 : 0;
  EXPECT_GT(taken, 0u) << "the corpus is of another format; see tests/fuzz/README.md";
  const std::vector<Bytes> seeds = GetParam().seeds();
  for (const Bytes& seed : seeds) EXPECT_TRUE(Run(seed)) << HexOf(seed);
  Run({});
  Mutator mutator(1, seeds);
  for (int i = 0; i < kMutations; ++i) Run(mutator.Next());
}

INSTANTIATE_TEST_SUITE_P(Targets, ReplayTest, ::testing::ValuesIn(AllTargets()),
                         [](const auto& target) { return std::string(target.param.name); });

}  // namespace
}  // namespace baya::fuzz
