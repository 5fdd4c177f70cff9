// The number theoretic transform, on many polynomials at once.
//
// Source: draft-irtf-cfrg-vdaf-20 §6.1.2 (ntt, inv_ntt). A batch is a matrix [n, width], row-major:
// column j is one polynomial, row i its i-th coefficient or its value at w^i, where w is the
// principal n-th root of unity. One polynomial is a batch of width 1. All loads, stores and
// branches depend on the shape alone.
#pragma once

#include <bit>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "vdaf/field.h"

namespace baya::vdaf {

// Tables for one size; public, built once, shared by every transform of that size.
template <NttField F>
class Ntt {
 public:
  // n = 2^log_n points. REQUIRES: log_n < F::kLogGenOrder.
  explicit Ntt(unsigned log_n)
      : log_n_(log_n), roots_(size()), inverse_roots_(size()), shift_(size()) {
    const F root = F::NthRoot(log_n);
    const F shift = F::NthRoot(log_n + 1);
    F power = F::One();
    F shift_power = F::FromUint(size()).Inv();
    inverse_n_ = shift_power;
    for (size_t i = 0; i < size(); ++i) {
      roots_[i] = power;
      inverse_roots_[(size() - i) % size()] = power;
      shift_[BitReverse(i)] = shift_power;
      power = power * root;
      shift_power = shift_power * shift;
    }
  }

  size_t size() const { return size_t{1} << log_n_; }

  // nth_root_powers: w^0 .. w^(n-1).
  std::span<const F> roots() const { return roots_; }

  // 1/n.
  const F& inverse_size() const { return inverse_n_; }

  // Coefficients to values (ntt), in place.
  void Forward(std::span<F> batch, size_t width) const {
    PermuteRows(batch, width);
    DecimateInTime(batch, width);
  }

  // Values to coefficients (inv_ntt), in place.
  void Inverse(std::span<F> batch, size_t width) const {
    DecimateInFrequency(batch, width);
    PermuteRows(batch, width);
    for (F& element : batch) element = element * inverse_n_;
  }

  // Values at w^i to values at s * w^i, s the principal 2n-th root: the rows between the rows.
  // As ntt(inv_ntt(batch), set_s = true), but the coefficients stay in bit-reversed order and
  // take the factors s^i and 1/n in one multiplication.
  void ShiftEvaluations(std::span<F> batch, size_t width) const {
    DecimateInFrequency(batch, width);
    for (size_t i = 0; i < size(); ++i) {
      F* const row = batch.data() + i * width;
      for (size_t j = 0; j < width; ++j) row[j] = row[j] * shift_[i];
    }
    DecimateInTime(batch, width);
  }

 private:
  size_t BitReverse(size_t i) const {
    size_t reversed = 0;
    for (unsigned bit = 0; bit < log_n_; ++bit) {
      reversed |= ((i >> bit) & 1) << (log_n_ - 1 - bit);
    }
    return reversed;
  }

  void PermuteRows(std::span<F> batch, size_t width) const {
    for (size_t i = 0; i < size(); ++i) {
      const size_t k = BitReverse(i);
      if (i >= k) continue;
      for (size_t j = 0; j < width; ++j) std::swap(batch[i * width + j], batch[k * width + j]);
    }
  }

  // Cooley-Tukey: rows in bit-reversed order in, in natural order out.
  void DecimateInTime(std::span<F> batch, size_t width) const {
    for (size_t half = 1; half < size(); half *= 2) {
      const size_t step = size() / (2 * half);
      for (size_t offset = 0; offset < half; ++offset) {
        const F root = roots_[offset * step];
        for (size_t row = offset; row < size(); row += 2 * half) {
          F* const a = batch.data() + row * width;
          F* const b = a + half * width;
          for (size_t j = 0; j < width; ++j) {
            const F u = a[j];
            const F v = offset == 0 ? b[j] : b[j] * root;  // root is 1 at offset 0
            a[j] = u + v;
            b[j] = u - v;
          }
        }
      }
    }
  }

  // Gentleman-Sande with the inverse roots: natural order in, bit-reversed out, not divided by n.
  void DecimateInFrequency(std::span<F> batch, size_t width) const {
    for (size_t half = size() / 2; half > 0; half /= 2) {
      const size_t step = size() / (2 * half);
      for (size_t offset = 0; offset < half; ++offset) {
        const F root = inverse_roots_[offset * step];
        for (size_t row = offset; row < size(); row += 2 * half) {
          F* const a = batch.data() + row * width;
          F* const b = a + half * width;
          for (size_t j = 0; j < width; ++j) {
            const F u = a[j];
            const F v = b[j];
            a[j] = u + v;
            b[j] = offset == 0 ? u - v : (u - v) * root;
          }
        }
      }
    }
  }

  unsigned log_n_;
  F inverse_n_;
  std::vector<F> roots_;          // w^i
  std::vector<F> inverse_roots_;  // w^-i
  std::vector<F> shift_;          // s^i / n, at the bit-reversed place of i
};

}  // namespace baya::vdaf
