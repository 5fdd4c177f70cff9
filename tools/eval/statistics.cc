#include "eval/statistics.h"

#include <cmath>
#include <numeric>

namespace baya::tools {

bool Mean::DiffersFromZero() const { return std::abs(value) > kNormal95 * error; }

Mean MeanOf(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / (count - 1) / count)};
}

std::vector<double> Differences(std::span<const double> a, std::span<const double> b) {
  std::vector<double> differences;
  for (size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
  return differences;
}

}  // namespace baya::tools
