// Polynomials in the monomial basis, the slow and simple way. For tests.
#pragma once

#include <cstddef>
#include <span>

#include "vdaf/field_vec.h"

namespace baya::vdaf::testing {

// Horner; coefficients from the constant term up.
template <NttField F>
F PolyEval(std::span<const F> coefficients, F x) {
  F value;
  for (size_t i = coefficients.size(); i-- > 0;) value = value * x + coefficients[i];
  return value;
}

template <NttField F>
F Power(F base, size_t exponent) {
  F power = F::One();
  for (size_t i = 0; i < exponent; ++i) power = power * base;
  return power;
}

// The values at the first `count` powers of the principal 2^log_n-th root of unity.
template <NttField F>
FieldVec<F> Values(std::span<const F> coefficients, unsigned log_n, size_t count) {
  FieldVec<F> values(count);
  for (size_t i = 0; i < count; ++i) {
    values[i] = PolyEval<F>(coefficients, Power(F::NthRoot(log_n), i));
  }
  return values;
}

}  // namespace baya::vdaf::testing
