// Exact discrete Laplace noise for an aggregate share.
//
// Source: Canonne, Kamath, Steinke, "The Discrete Gaussian for Differential Privacy", NeurIPS
// 2020, algorithms 1 and 2. Integers only: no rounding, so that the promised epsilon is the one
// given. The time a sample takes depends on the sample; draw it once for each batch, and not while
// a stranger measures.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/status.h"

namespace baya::vdaf {

// P(x) proportional to exp(-|x| * epsilon / sensitivity).
class DiscreteLaplace {
 public:
  static constexpr uint64_t kMaxEpsilonMicro = 100'000'000;  // epsilon 100 hides nothing
  static constexpr uint64_t kMaxSensitivity = uint64_t{1} << 20;

  //   epsilon_micro  epsilon in millionths, in [1, kMaxEpsilonMicro]
  //   sensitivity    L1, in [1, kMaxSensitivity]: how much one device can change a result; 2 for a
  //                  histogram when one report is replaced by another
  //
  // Errors: kInvalidArgument (out of range).
  static Result<DiscreteLaplace> Create(uint64_t epsilon_micro, uint64_t sensitivity);

  // |sample| < 2^62.
  int64_t Sample(Host& host) const;

  // Adds an independent sample to each element of `agg_share`, an encoded vector of Field128 (a
  // histogram's or a vector's). A result below zero is the field's negative: see
  // Prio3::UnshardNoised.
  //
  // Errors, with no change: kInvalidArgument (not such a vector).
  Status AddNoise(Host& host, MutableByteView agg_share) const;

 private:
  DiscreteLaplace(uint64_t s, uint64_t t) : s_(s), t_(t) {}

  // epsilon / sensitivity = s / t in lowest terms.
  uint64_t s_;
  uint64_t t_;
};

}  // namespace baya::vdaf
