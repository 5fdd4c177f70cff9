// How far noise moves a count: the sum of two independent discrete Laplace draws, one of each
// aggregator.
#pragma once

#include <cstdint>

namespace baya::tools {

struct NoiseError {
  double standard_error = 0;
  int64_t half_width_95 = 0;  // the least k with P(|noise| <= k) >= .95
};

// P(x) proportional to exp(-|x| * epsilon / sensitivity) for each draw.
//
//   epsilon_micro  epsilon in millionths, at least 1
//   sensitivity    L1, at least 1
NoiseError TwoDiscreteLaplaceDraws(uint64_t epsilon_micro, uint64_t sensitivity);

}  // namespace baya::tools
