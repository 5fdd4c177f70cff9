#include "recommend/thompson.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace baya::recommend {
namespace {

constexpr uint32_t kDraws = 20'000;

double AsChance(uint64_t sample) { return std::ldexp(static_cast<double>(sample), -64); }

// The regularised incomplete beta function for whole a and b: P(Binomial(a + b - 1, x) >= a), in
// sums that share nothing with the sampler.
double BetaCdf(const Beta& beta, double x) {
  const auto n = static_cast<int>(beta.a + beta.b - 1);
  double sum = 0;
  for (int i = static_cast<int>(beta.a); i <= n; ++i) {
    const double log_choose =
        std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0);
    sum += std::exp(log_choose + i * std::log(x) + (n - i) * std::log1p(-x));
  }
  return sum;
}

std::vector<double> Draws(const Beta& beta) {
  SplitMix64 seeds(20'261'122);
  std::vector<double> draws;
  for (uint32_t i = 0; i < kDraws; ++i) {
    draws.push_back(AsChance(Sample(beta, SplitMix64(seeds.Next()))));
  }
  return draws;
}

const std::vector<Beta> kShapes = {{1, 1}, {1, 2},   {2, 1},  {1, 12},
                                   {5, 3}, {32, 32}, {1, 63}, {63, 1}};

// The generator's authors give no vectors; these are of Java's SplittableRandom and of Vigna's
// reference program for the seed 1234567.
TEST(ThompsonTest, TheGeneratorIsSplitMix64) {
  SplitMix64 random(1'234'567);
  for (const uint64_t expected : {6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
                                  4593380528125082431u, 16408922859458223821u}) {
    EXPECT_EQ(random.Next(), expected);
  }
}

// With F the distribution function F(sample) is uniform: twenty bins, each with the same
// expectation. A chi-square of 19 degrees of freedom stays below 50.8 in 9,999 of 10,000 cases.
TEST(ThompsonTest, SamplesHaveTheDistribution) {
  constexpr size_t kBins = 20;
  for (const Beta& beta : kShapes) {
    std::vector<double> bins(kBins);
    for (const double draw : Draws(beta)) {
      ++bins[std::min(kBins - 1, static_cast<size_t>(BetaCdf(beta, draw) * kBins))];
    }
    double chi_square = 0;
    constexpr double kExpected = double{kDraws} / kBins;
    for (const double bin : bins) chi_square += (bin - kExpected) * (bin - kExpected) / kExpected;
    EXPECT_LT(chi_square, 50.8) << beta.a << " " << beta.b;
    EXPECT_GT(chi_square, 4.5) << "too even to be chance: " << beta.a << " " << beta.b;
  }
}

// Within four standard errors; that of a variance from the fourth moment of the draws.
TEST(ThompsonTest, MeanAndVariance) {
  for (const Beta& beta : kShapes) {
    const double sum = beta.a + beta.b;
    const double mean = beta.a / sum;
    const double variance = mean * (1 - mean) / (sum + 1);
    double found_mean = 0;
    double found_variance = 0;
    double fourth = 0;
    for (const double draw : Draws(beta)) {
      const double square = (draw - mean) * (draw - mean);
      found_mean += draw / kDraws;
      found_variance += square / kDraws;
      fourth += square * square / kDraws;
    }
    EXPECT_NEAR(found_mean, mean, 4 * std::sqrt(variance / kDraws)) << beta.a << " " << beta.b;
    EXPECT_NEAR(found_variance, variance,
                4 * std::sqrt((fourth - found_variance * found_variance) / kDraws))
        << beta.a << " " << beta.b;
  }
}

TEST(ThompsonTest, TheTestOfTheDistributionSeesAnotherOne) {
  std::vector<double> bins(20);
  for (const double draw : Draws({5, 3})) {
    ++bins[std::min<size_t>(19, static_cast<size_t>(BetaCdf({5, 4}, draw) * 20))];
  }
  EXPECT_GT(bins[19], 1.5 * kDraws / 20);
}

TEST(ThompsonTest, EvidenceMovesEverySampleItsWay) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    for (uint32_t a = 1; a < 12; ++a) {
      for (uint32_t b = 1; b < 12; ++b) {
        const uint64_t sample = Sample({a, b}, SplitMix64(seed));
        ASSERT_GE(Sample({a + 1, b}, SplitMix64(seed)), sample);
        ASSERT_LE(Sample({a, b + 1}, SplitMix64(seed)), sample);
      }
    }
  }
}

TEST(ThompsonTest, PosteriorsStayWithinTheirBound) {
  const auto is = [](const Beta& beta, uint32_t a, uint32_t b) {
    return beta.a == a && beta.b == b;
  };
  EXPECT_TRUE(is(Posterior(0, 0), 1, 1));
  EXPECT_TRUE(is(Posterior(3, 9), 4, 10));
  EXPECT_TRUE(is(Posterior(31, 31), 32, 32));
  EXPECT_TRUE(is(Posterior(31, 32), 16, 17));
  EXPECT_TRUE(is(Posterior(0, 62), 1, 63));
  EXPECT_TRUE(is(Posterior(62, 0), 63, 1));
  EXPECT_TRUE(is(Posterior(1000, 3000), 16, 47));
  for (uint64_t taken = 0; taken < 5000; taken += 7) {
    for (uint64_t left = 0; left < 5000; left += 11) {
      const Beta beta = Posterior(taken, left);
      ASSERT_LE(beta.a + beta.b, kMaxBeta);
    }
  }
  const Beta many = Posterior(uint64_t{1} << 40, uint64_t{1} << 34);
  EXPECT_LE(many.a + many.b, kMaxBeta);
  EXPECT_GT(many.a, many.b);
}

// The same in both builds, which run this test.
TEST(ThompsonTest, TheSameSampleEverywhere) {
  EXPECT_EQ(Sample({1, 1}, SplitMix64(1'234'567)), 6457827717110365317u);
  EXPECT_EQ(Sample({1, 2}, SplitMix64(1'234'567)), 3203168211198807973u);
  EXPECT_EQ(Sample({2, 4}, SplitMix64(1'234'567)), 4593380528125082431u);
  EXPECT_EQ(Sample({5, 1}, SplitMix64(1'234'567)), 16408922859458223821u);
}

}  // namespace
}  // namespace baya::recommend
