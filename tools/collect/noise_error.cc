#include "collect/noise_error.h"

#include <cmath>

namespace baya::tools {

NoiseError TwoDiscreteLaplaceDraws(uint64_t epsilon_micro, uint64_t sensitivity) {
  const double a = static_cast<double>(epsilon_micro) / 1e6 / static_cast<double>(sensitivity);
  const double p = std::exp(-a);
  const double q = -std::expm1(-a);  // 1 - p, also when epsilon is tiny
  NoiseError error;
  // One draw has the variance 2p / (1-p)^2.
  error.standard_error = std::sqrt(4 * p) / q;
  // P(X = x) = (1-p)/(1+p) p^|x|; summed over x + y = z:
  // P(Z = z) = ((1-p)/(1+p))^2 p^|z| (|z| + (1+p^2)/(1-p^2)).
  const double scale = q / (1 + p) * (q / (1 + p));
  const double constant = (1 + p * p) / (q * (1 + p));
  constexpr double kConfidence = .95;
  double inside = scale * constant;
  double power = 1;
  while (inside < kConfidence) {
    ++error.half_width_95;
    power *= p;
    inside += 2 * scale * power * (static_cast<double>(error.half_width_95) + constant);
  }
  return error;
}

}  // namespace baya::tools
