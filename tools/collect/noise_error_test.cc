#include "collect/noise_error.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace baya::tools {
namespace {

// P(Z = z) for z in [-radius, radius] by adding up all pairs of draws.
std::vector<double> Convolve(double epsilon, double sensitivity, int64_t radius) {
  const double p = std::exp(-epsilon / sensitivity);
  const auto mass = [p](int64_t x) {
    return (1 - p) / (1 + p) * std::pow(p, static_cast<double>(std::abs(x)));
  };
  std::vector<double> sum;
  for (int64_t z = -radius; z <= radius; ++z) {
    double total = 0;
    for (int64_t x = -4 * radius; x <= 4 * radius; ++x) total += mass(x) * mass(z - x);
    sum.push_back(total);
  }
  return sum;
}

TEST(NoiseError, AgreesWithTheSumOverAllPairs) {
  for (const uint64_t epsilon_micro : {500'000, 1'000'000, 2'000'000, 8'000'000}) {
    constexpr int64_t kRadius = 120;
    const std::vector<double> mass = Convolve(static_cast<double>(epsilon_micro) / 1e6, 2, kRadius);
    double variance = 0;
    for (int64_t z = -kRadius; z <= kRadius; ++z) {
      variance += static_cast<double>(z * z) * mass[static_cast<size_t>(z + kRadius)];
    }
    int64_t half_width = -1;
    double inside = 0;
    while (inside < .95) {
      ++half_width;
      inside += mass[static_cast<size_t>(kRadius + half_width)] * (half_width == 0 ? 1 : 2);
    }
    const NoiseError error = TwoDiscreteLaplaceDraws(epsilon_micro, 2);
    EXPECT_NEAR(error.standard_error, std::sqrt(variance), 1e-6) << epsilon_micro;
    EXPECT_EQ(error.half_width_95, half_width) << epsilon_micro;
  }
}

TEST(NoiseError, ManyTimesMoreForLittleEpsilon) {
  const NoiseError error = TwoDiscreteLaplaceDraws(1'000, 2);
  // Each draw has about twice the variance of a scale of 2,000, squared.
  EXPECT_NEAR(error.standard_error, 4000, 1);
  EXPECT_GT(error.half_width_95, 7000);
  EXPECT_LT(error.half_width_95, 9000);
}

}  // namespace
}  // namespace baya::tools
