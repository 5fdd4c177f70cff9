// Whether the interval that a result states is the interval of the noise that is in it: the real
// draws of both aggregators, added to shares and unsharded as a collector does, against the exact
// convolution of two discrete Laplace distributions.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "collect/noise_error.h"
#include "lib/system_host.h"
#include "vdaf/discrete_laplace.h"
#include "vdaf/prio3.h"
#include "vdaf/prio3_types.h"

namespace baya::tools {
namespace {

constexpr uint64_t kCells = 200;

// Batches of kCells; 200,000 cells in every run.
size_t Batches() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs
  return std::getenv("BAYA_FULL") != nullptr ? 20'000 : 1'000;
}

// A chance of 2e-9 to fail without a reason.
constexpr double kSigmas = 6;

// P(x + y = z) for z in [0, reach], x and y of the probabilities of one draw.
std::vector<double> Convolution(double ratio, int64_t reach) {
  const double p = std::exp(-ratio);
  const auto mass = [p](int64_t x) {
    return (1 - p) / (1 + p) * std::pow(p, static_cast<double>(std::abs(x)));
  };
  const int64_t far = reach + static_cast<int64_t>(50 / ratio);  // e^-50 is left out
  std::vector<double> sum(static_cast<size_t>(reach) + 1);
  for (int64_t z = 0; z <= reach; ++z) {
    for (int64_t x = -far; x <= far; ++x) sum[static_cast<size_t>(z)] += mass(x) * mass(z - x);
  }
  return sum;
}

double Coverage(const std::vector<double>& mass, int64_t half_width) {
  double inside = half_width < 0 ? 0 : mass[0];
  for (int64_t z = 1; z <= half_width; ++z) inside += 2 * mass[static_cast<size_t>(z)];
  return inside;
}

struct Draws {
  std::vector<double> leader, helper, both;  // [batch][cell]
};

Draws Draw(uint64_t epsilon_micro, uint64_t sensitivity) {
  const auto prio3 =
      vdaf::MakePrio3("Prio3Histogram", 2, std::vector<uint64_t>{kCells, 14}).value();
  const auto noise = vdaf::DiscreteLaplace::Create(epsilon_micro, sensitivity).value();
  const auto add = [&prio3](const SecretBytes& one, const SecretBytes& other,
                            std::vector<double>& to) {
    const ByteView shares[] = {one.Expose(), other.Expose()};
    const std::vector<int64_t> counts = prio3->UnshardNoised(shares, 1).value();
    to.insert(to.end(), counts.begin(), counts.end());
  };
  // Each aggregator has its own, as each is a process.
  SystemHost leader_host;
  SystemHost helper_host;
  Draws draws;
  for (size_t i = 0; i < Batches(); ++i) {
    SecretBytes leader = prio3->AggInit();
    SecretBytes helper = prio3->AggInit();
    if (!noise.AddNoise(leader_host, leader.ExposeMutable()).ok()) std::abort();
    if (!noise.AddNoise(helper_host, helper.ExposeMutable()).ok()) std::abort();
    add(leader, prio3->AggInit(), draws.leader);
    add(prio3->AggInit(), helper, draws.helper);
    add(leader, helper, draws.both);
  }
  return draws;
}

// Of `a` and `b` shifted by `lag`, both of mean 0 and of the same distribution.
double Correlation(const std::vector<double>& a, const std::vector<double>& b, size_t lag) {
  double product = 0;
  double squares = 0;
  for (size_t i = 0; i + lag < a.size(); ++i) {
    product += a[i] * b[i + lag];
    squares += (a[i] * a[i] + b[i + lag] * b[i + lag]) / 2;
  }
  return product / squares;
}

struct Setting {
  uint64_t epsilon_micro;
  uint64_t sensitivity;
};
class NoiseCoverage : public ::testing::TestWithParam<Setting> {};

TEST_P(NoiseCoverage, IsWhatIsStated) {
  const auto [epsilon_micro, sensitivity] = GetParam();
  const double ratio = static_cast<double>(epsilon_micro) / 1e6 / static_cast<double>(sensitivity);
  const NoiseError error = TwoDiscreteLaplaceDraws(epsilon_micro, sensitivity);
  const auto reach = static_cast<int64_t>(40 / ratio);
  const std::vector<double> mass = Convolution(ratio, reach);
  const double stated = Coverage(mass, error.half_width_95);
  EXPECT_GE(stated, .95);
  EXPECT_LT(Coverage(mass, error.half_width_95 - 1), .95);

  const Draws draws = Draw(epsilon_micro, sensitivity);
  const auto total = static_cast<double>(draws.both.size());
  const auto covered =
      static_cast<double>(std::count_if(draws.both.begin(), draws.both.end(), [&](double noise) {
        return std::abs(noise) <= static_cast<double>(error.half_width_95);
      }));
  EXPECT_NEAR(covered / total, stated, kSigmas * std::sqrt(stated * (1 - stated) / total));

  // Chi-square over every value that is expected 50 times, and the two tails.
  int64_t last = 0;
  while (last + 1 < reach && mass[static_cast<size_t>(last) + 1] * total >= 50) ++last;
  std::vector<double> seen(static_cast<size_t>(2 * last + 3));
  for (const double noise : draws.both) {
    const auto cell = std::clamp<int64_t>(static_cast<int64_t>(noise), -last - 1, last + 1);
    seen[static_cast<size_t>(cell + last + 1)] += 1;
  }
  double statistic = 0;
  for (int64_t z = -last - 1; z <= last + 1; ++z) {
    const double expected = std::abs(z) <= last ? mass[static_cast<size_t>(std::abs(z))] * total
                                                : (1 - Coverage(mass, last)) / 2 * total;
    const double difference = seen[static_cast<size_t>(z + last + 1)] - expected;
    statistic += difference * difference / expected;
  }
  const double degrees = 2 * static_cast<double>(last) + 2;
  EXPECT_LT(statistic, degrees + kSigmas * std::sqrt(2 * degrees) + kSigmas * kSigmas);

  // Cells, batches and aggregators do not know of each other.
  const double bound = kSigmas / std::sqrt(total - kCells);
  for (const auto* const one : {&draws.leader, &draws.helper, &draws.both}) {
    EXPECT_NEAR(Correlation(*one, *one, 1), 0, bound);
    EXPECT_NEAR(Correlation(*one, *one, kCells), 0, bound);
  }
  for (const size_t lag : {size_t{0}, size_t{1}, size_t{kCells}}) {
    EXPECT_NEAR(Correlation(draws.leader, draws.helper, lag), 0, bound);
  }
}

// Those of the demonstration, and others.
INSTANTIATE_TEST_SUITE_P(Settings, NoiseCoverage,
                         ::testing::Values(Setting{500'000, 2}, Setting{1'000'000, 2},
                                           Setting{3'000'000, 1}));

// For any epsilon, however close to a step from one width to the next.
TEST(NoiseError, TheSmallestIntervalThatHolds95Percent) {
  for (uint64_t epsilon_micro = 200'000; epsilon_micro <= 12'000'000; epsilon_micro += 97'001) {
    const double ratio = static_cast<double>(epsilon_micro) / 2e6;
    const int64_t half_width = TwoDiscreteLaplaceDraws(epsilon_micro, 2).half_width_95;
    const std::vector<double> mass = Convolution(ratio, half_width);
    EXPECT_GE(Coverage(mass, half_width), .95) << epsilon_micro;
    EXPECT_LT(Coverage(mass, half_width - 1), .95) << epsilon_micro;
  }
}

}  // namespace
}  // namespace baya::tools
