// Means with their standard errors.
#pragma once

#include <span>
#include <vector>

namespace baya::tools {

// Half the width of a 95 % interval of the normal distribution, in standard errors.
inline constexpr double kNormal95 = 1.959964;

struct Mean {
  double value = 0;
  double error = 0;  // standard error

  // Whether zero lies outside the 95 % interval of the normal distribution.
  bool DiffersFromZero() const;
};

// REQUIRES: two values or more.
Mean MeanOf(std::span<const double> values);

// a[i] - b[i]: of two models on the same people. REQUIRES: as many of both.
std::vector<double> Differences(std::span<const double> a, std::span<const double> b);

}  // namespace baya::tools
