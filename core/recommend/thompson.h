// Samples for Thompson sampling: how good a choice may be, given how often it was and was not
// taken.
//
// Source: Thompson, "On the Likelihood that One Unknown Probability Exceeds Another in View of the
// Evidence of Two Samples", Biometrika 25, 1933; Chapelle & Li, "An Empirical Evaluation of
// Thompson Sampling", NIPS 2011: before any evidence every chance is as likely as another, Beta(1,
// 1).
#pragma once

#include <cstdint>

namespace baya::recommend {

// splitmix64: Steele, Lea & Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
class SplitMix64 {
 public:
  explicit SplitMix64(uint64_t seed) : state_(seed) {}
  uint64_t Next();

 private:
  uint64_t state_;
};

// Of Beta(a, b), with whole a and b.
struct Beta {
  uint32_t a = 1;
  uint32_t b = 1;
};

inline constexpr uint32_t kMaxBeta = 64;  // a + b

// What is believed after so many that were taken and left. Past kMaxBeta both are halved until they
// fit, so that no choice is ever settled for good: a chance of 1 in 20 is then known to within
// 0.03.
Beta Posterior(uint64_t taken, uint64_t left);

// In 2^-64. Exact: the a-th smallest of a + b - 1 uniform numbers has this distribution (David &
// Nagaraja, "Order Statistics", 3rd ed., 2003, section 2.3). From the same seed, Beta(a + 1, b)
// never gives less and Beta(a, b + 1) never more than Beta(a, b): one more number was thrown in.
//
// REQUIRES: a and b at least 1, a + b at most kMaxBeta. O((a + b)^2).
uint64_t Sample(const Beta& beta, SplitMix64 random);

}  // namespace baya::recommend
