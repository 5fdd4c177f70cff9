// Polynomials in the Lagrange basis: the values at the powers of a root of unity.
//
// Source: draft-irtf-cfrg-vdaf-20 §6.1.3.2, after Faz-Hernandez, "Evaluation of polynomials in the
// Lagrange basis", ia.cr/2025/1727 ("Faz25"). Batches are laid out as in vdaf/ntt.h. The draft's
// poly_mul is EvalPoly (vdaf/flp.h) of the gadget Mul.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "vdaf/field.h"
#include "vdaf/field_vec.h"
#include "vdaf/ntt.h"

namespace baya::vdaf {

// double_evaluations, Faz25 Eq. (3.3.4): `values` [n, width] to `doubled` [2n, width].
template <NttField F>
void DoubleEvaluations(const Ntt<F>& ntt, std::span<const F> values, size_t width,
                       std::span<F> doubled) {
  FieldVec<F> odd(values.begin(), values.end());
  ntt.ShiftEvaluations(odd, width);
  for (size_t row = 0; row < ntt.size(); ++row) {
    std::copy_n(values.data() + row * width, width, doubled.data() + 2 * row * width);
    std::copy_n(odd.data() + row * width, width, doubled.data() + (2 * row + 1) * width);
  }
}

// Weights c with p(x) = sum of c[i] * p(w^i) for every polynomial p of n values: what
// poly_eval_batched (Faz25 Alg. 7) multiplies the values with, taken out of the loop over the
// polynomials. c[i] = (-1)^(n-1) / n * w^i * product over j != i of (w^j - x), without division.
// `weights` holds n elements; `x` may be any point.
template <NttField F>
void EvaluationWeights(const Ntt<F>& ntt, const F& x, std::span<F> weights) {
  const std::span<const F> nodes = ntt.roots();
  const size_t n = ntt.size();
  F before = n % 2 == 1 ? ntt.inverse_size()
                        : -ntt.inverse_size();  // the factor, times every difference before i
  for (size_t i = 0; i < n; ++i) {
    weights[i] = before * nodes[i];
    before = before * (nodes[i] - x);
  }
  F after = F::One();
  for (size_t i = n; i-- > 0;) {
    weights[i] = weights[i] * after;
    after = after * (nodes[i] - x);
  }
}

// poly_eval_batched: out[j] = p_j(x) for `values` [n, width] and the weights of x.
template <NttField F>
void EvalBatched(std::span<const F> weights, std::span<const F> values, std::span<F> out) {
  const size_t width = out.size();
  std::fill(out.begin(), out.end(), F());
  for (size_t i = 0; i < weights.size(); ++i) {
    const F* const row = values.data() + i * width;
    for (size_t j = 0; j < width; ++j) out[j] = out[j] + weights[i] * row[j];
  }
}

// extend_values_to_power_of_2, Faz25 Eq. (3.2.1): fills values[known..n) of a polynomial of
// degree below `known` from values[0..known).
//
// With W_i the product over the other known nodes of (w^i - w^j), the value at w^k is
//   A_k * sum over i of values[i] / (W_i * (w^k - w^i)),  A_k = product over known j of (w^k -
//   w^j).
// Over all n nodes the product of the differences from w^i is n / w^i, so that W_i and A_k need
// only the unknown nodes, and 1/W_i no division. O((n - known) * n).
template <NttField F>
void ExtendValuesToPowerOf2(const Ntt<F>& ntt, std::span<F> values, size_t known) {
  const std::span<const F> nodes = ntt.roots();
  const size_t n = ntt.size();
  FieldVec<F> weighted(known);  // values[i] / W_i, without the factor 1/n
  for (size_t i = 0; i < known; ++i) {
    F inverse_weight = nodes[i];
    for (size_t k = known; k < n; ++k) inverse_weight = inverse_weight * (nodes[i] - nodes[k]);
    weighted[i] = values[i] * inverse_weight;
  }
  for (size_t k = known; k < n; ++k) {
    // The sum over a common denominator, which is A_k itself.
    F numerator;
    F denominator = F::One();
    for (size_t i = 0; i < known; ++i) {
      const F difference = nodes[k] - nodes[i];
      numerator = numerator * difference + denominator * weighted[i];
      denominator = denominator * difference;
    }
    values[k] = numerator * ntt.inverse_size();
  }
}

}  // namespace baya::vdaf
