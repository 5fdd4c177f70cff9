#include "vdaf/discrete_laplace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"
#include "vdaf/field128.h"
#include "vdaf/prio3_types.h"

namespace baya::vdaf {
namespace {

using ::baya::testing::StatusIs;
using ::baya::testing::TestHost;

constexpr int kSamples = 60'000;

// P(x) for the ratio epsilon / sensitivity.
double Pmf(double ratio, int64_t x) {
  const double p = std::exp(-ratio);
  return (1 - p) / (1 + p) * std::pow(p, std::abs(static_cast<double>(x)));
}

struct ChiSquare {
  double statistic;
  int degrees;
  // Mean + 6 standard deviations of the distribution with so many degrees of freedom.
  double Bound() const { return degrees + 6 * std::sqrt(2.0 * degrees); }
};

// Samples against the exact probabilities for `ratio`: a cell for each value that is expected 50
// times or more, and one for each tail.
ChiSquare Compare(const std::vector<int64_t>& samples, double ratio) {
  const auto total = static_cast<double>(samples.size());
  int64_t reach = 0;
  while (Pmf(ratio, reach + 1) * total >= 50) ++reach;
  std::vector<double> observed(static_cast<size_t>(2 * reach + 3));
  std::vector<double> expected(observed.size());
  for (const int64_t sample : samples) {
    const int64_t cell = std::clamp<int64_t>(sample, -reach - 1, reach + 1) + reach + 1;
    observed[static_cast<size_t>(cell)] += 1;
  }
  double inside = 0;
  for (int64_t x = -reach; x <= reach; ++x) {
    expected[static_cast<size_t>(x + reach + 1)] = Pmf(ratio, x) * total;
    inside += Pmf(ratio, x);
  }
  expected.front() = expected.back() = (1 - inside) / 2 * total;
  ChiSquare result{0, static_cast<int>(observed.size()) - 1};
  for (size_t i = 0; i < observed.size(); ++i) {
    const double difference = observed[i] - expected[i];
    result.statistic += difference * difference / expected[i];
  }
  return result;
}

struct Setting {
  uint64_t epsilon_micro;
  uint64_t sensitivity;
};

TEST(DiscreteLaplaceTest, SamplesHaveTheExactDistribution) {
  const Setting settings[] = {{1'000'000, 1}, {1'000'000, 2}, {500'000, 2},
                              {333'333, 1},   {2'000'000, 2}, {1'700'000, 3}};
  for (const Setting& setting : settings) {
    BAYA_ASSERT_OK_AND_ASSIGN(const DiscreteLaplace noise,
                              DiscreteLaplace::Create(setting.epsilon_micro, setting.sensitivity));
    const double ratio =
        static_cast<double>(setting.epsilon_micro) / 1e6 / static_cast<double>(setting.sensitivity);
    TestHost host(setting.epsilon_micro);
    std::vector<int64_t> samples(kSamples);
    for (int64_t& sample : samples) sample = noise.Sample(host);
    const ChiSquare fit = Compare(samples, ratio);
    EXPECT_LT(fit.statistic, fit.Bound()) << setting.epsilon_micro << " / " << setting.sensitivity;
    // The comparison itself tells a ratio that is five hundredths off.
    const ChiSquare misfit = Compare(samples, ratio * 1.05);
    EXPECT_GT(misfit.statistic, misfit.Bound());
  }
}

TEST(DiscreteLaplaceTest, TheVarianceIsThatOfTheDistribution) {
  BAYA_ASSERT_OK_AND_ASSIGN(const DiscreteLaplace noise, DiscreteLaplace::Create(1'000'000, 2));
  TestHost host(3);
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kSamples; ++i) {
    const auto sample = static_cast<double>(noise.Sample(host));
    sum += sample;
    squares += sample * sample;
  }
  const double p = std::exp(-0.5);
  const double variance = 2 * p / ((1 - p) * (1 - p));
  EXPECT_NEAR(sum / kSamples, 0, 6 * std::sqrt(variance / kSamples));
  EXPECT_NEAR(squares / kSamples, variance, 0.05 * variance);
}

TEST(DiscreteLaplaceTest, TheSameEntropyGivesTheSameSamples) {
  BAYA_ASSERT_OK_AND_ASSIGN(const DiscreteLaplace noise, DiscreteLaplace::Create(123'457, 2));
  TestHost one(9);
  TestHost two(9);
  TestHost other(10);
  std::vector<int64_t> samples[3];
  for (int i = 0; i < 50; ++i) {
    samples[0].push_back(noise.Sample(one));
    samples[1].push_back(noise.Sample(two));
    samples[2].push_back(noise.Sample(other));
  }
  EXPECT_EQ(samples[0], samples[1]);
  EXPECT_NE(samples[0], samples[2]);
}

TEST(DiscreteLaplaceTest, TheLargestScaleStaysInRange) {
  BAYA_ASSERT_OK_AND_ASSIGN(const DiscreteLaplace noise,
                            DiscreteLaplace::Create(1, DiscreteLaplace::kMaxSensitivity));
  TestHost host(4);
  double sum = 0;
  for (int i = 0; i < 2000; ++i) sum += std::abs(static_cast<double>(noise.Sample(host)));
  // The mean of |x| is about t / s = 1e6 * 2^20.
  EXPECT_NEAR(sum / 2000 / (1e6 * 1048576), 1, 0.15);
}

TEST(DiscreteLaplaceTest, ParametersOutOfRangeAreRefused) {
  EXPECT_THAT(DiscreteLaplace::Create(0, 2), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(DiscreteLaplace::Create(DiscreteLaplace::kMaxEpsilonMicro + 1, 2),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(DiscreteLaplace::Create(1, 0), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(DiscreteLaplace::Create(1, DiscreteLaplace::kMaxSensitivity + 1),
              StatusIs(StatusCode::kInvalidArgument));
}

class AddNoiseTest : public ::testing::Test {
 protected:
  static constexpr uint64_t kLength = 40;

  std::vector<int64_t> Unshard(const SecretBytes& leader, const SecretBytes& helper) {
    const ByteView shares[] = {leader.Expose(), helper.Expose()};
    auto result = prio3_->UnshardNoised(shares, 1);
    EXPECT_THAT(result, ::baya::testing::IsOk());
    return *result;
  }

  std::unique_ptr<const Prio3> prio3_ =
      MakePrio3("Prio3Histogram", 2, std::vector<uint64_t>{kLength, 7}).value();
  DiscreteLaplace noise_ = DiscreteLaplace::Create(1'000'000, 2).value();
};

TEST_F(AddNoiseTest, TheNoiseOfBothSharesIsInTheResult) {
  SecretBytes leader = prio3_->AggInit();
  SecretBytes helper = prio3_->AggInit();
  TestHost host(1);
  BAYA_ASSERT_OK(noise_.AddNoise(host, leader.ExposeMutable()));
  const std::vector<int64_t> one = Unshard(leader, helper);
  BAYA_ASSERT_OK(noise_.AddNoise(host, helper.ExposeMutable()));
  const std::vector<int64_t> both = Unshard(leader, helper);
  const std::vector<int64_t> other = Unshard(prio3_->AggInit(), helper);
  int below = 0;
  int different = 0;
  for (size_t i = 0; i < kLength; ++i) {
    EXPECT_EQ(both[i], one[i] + other[i]);
    below += both[i] < 0 ? 1 : 0;
    different += one[i] != other[i] ? 1 : 0;
  }
  EXPECT_GT(below, 0);
  EXPECT_GT(different, 0);
}

TEST_F(AddNoiseTest, TheNoiseDoesNotDependOnTheShare) {
  SecretBytes share = prio3_->AggInit();
  Field128::FromUint(1000).Encode(share.ExposeMutable().data());
  (Field128() - Field128::One()).Encode(share.ExposeMutable().data() + Field128::kEncodedSize);
  SecretBytes zero = prio3_->AggInit();
  TestHost host(5);
  TestHost same(5);
  BAYA_ASSERT_OK(noise_.AddNoise(host, share.ExposeMutable()));
  BAYA_ASSERT_OK(noise_.AddNoise(same, zero.ExposeMutable()));
  const std::vector<int64_t> noised = Unshard(share, prio3_->AggInit());
  const std::vector<int64_t> noise = Unshard(zero, prio3_->AggInit());
  EXPECT_EQ(noised[0], 1000 + noise[0]);
  EXPECT_EQ(noised[1], noise[1] - 1);
  EXPECT_EQ(noised[2], noise[2]);
}

TEST_F(AddNoiseTest, WhatIsNoVectorIsRefusedAndNotChanged) {
  TestHost host;
  Bytes odd(17, 1);
  EXPECT_THAT(noise_.AddNoise(host, odd), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(odd, Bytes(17, 1));
  Bytes above(32, 0xff);
  EXPECT_THAT(noise_.AddNoise(host, above), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(above, Bytes(32, 0xff));
  EXPECT_THAT(noise_.AddNoise(host, {}), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::vdaf
