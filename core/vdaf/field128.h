// Field128: the integers modulo p = 2^66 * 4611686018427387897 + 1 = 2^128 - 28 * 2^64 + 1.
//
// Source: draft-irtf-cfrg-vdaf-20 §6.1.4. An element a is held as a * 2^128 mod p (Montgomery,
// "Modular multiplication without trial division", Math. Comp. 44, 1985). Because p = 1 modulo
// 2^64, the quotient digit of a reduction step is the lowest word itself and its multiple of p
// needs no multiplication but by 28.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "vdaf/field.h"
#include "vdaf/wide.h"

namespace baya::vdaf {

class Field128 {
 public:
  static constexpr size_t kEncodedSize = 16;
  static constexpr unsigned kLogGenOrder = 66;
  static constexpr Uint128 kModulus = (Uint128{4611686018427387897} << 66) + 1;

  constexpr Field128() = default;

  static constexpr Field128 One() { return Field128(kR); }
  static constexpr Field128 FromUint(uint64_t value) { return FromCanonical(value); }
  static constexpr Field128 FromBit(uint64_t bit) {
    const uint64_t mask = Opaque(0 - bit);
    return Field128(Join(High(kR) & mask, Low(kR) & mask));
  }
  static constexpr Field128 NthRoot(unsigned log_n);

  // `value` below the modulus.
  static constexpr Field128 FromCanonical(Uint128 value) {
    return Field128(Multiply(value, kRSquared));
  }
  constexpr Uint128 ToCanonical() const { return ReduceProduct(value_, 0); }

  friend constexpr Field128 operator+(Field128 a, Field128 b) {
    return Field128(Add(a.value_, b.value_));
  }
  friend constexpr Field128 operator-(Field128 a, Field128 b) {
    return Field128(Subtract(a.value_, b.value_));
  }
  friend constexpr Field128 operator-(Field128 a) { return Field128() - a; }
  friend constexpr Field128 operator*(Field128 a, Field128 b) {
    return Field128(Multiply(a.value_, b.value_));
  }
  friend constexpr bool operator==(Field128 a, Field128 b) { return a.value_ == b.value_; }

  // `exponent` is public.
  constexpr Field128 Pow(Uint128 exponent) const {
    Field128 power = One();
    for (unsigned bit = 128; bit-- > 0;) {
      power = power * power;
      if ((exponent >> bit) & 1) power = power * *this;
    }
    return power;
  }
  // a^(p-2), Fermat.
  constexpr Field128 Inv() const { return Pow(kModulus - 2); }

  constexpr void Encode(uint8_t* out) const {
    const Uint128 canonical = ToCanonical();
    internal::StoreLe64(static_cast<uint64_t>(canonical), out);
    internal::StoreLe64(static_cast<uint64_t>(canonical >> 64), out + 8);
  }
  static constexpr bool Decode(const uint8_t* in, Field128* element) {
    const Uint128 value = internal::LoadLe64(in) | (Uint128{internal::LoadLe64(in + 8)} << 64);
    *element = FromCanonical(value);
    return value < kModulus;
  }

  constexpr std::optional<uint64_t> ToUint64() const { return Fit(ToCanonical()); }
  constexpr std::optional<int64_t> ToInt64() const {
    const Uint128 canonical = ToCanonical();
    return internal::Nearest(Fit(canonical), Fit(kModulus - canonical));
  }

 private:
  static constexpr Uint128 kR = 0 - kModulus;  // 2^128 mod p = 2^128 - p

  explicit constexpr Field128(Uint128 value) : value_(value) {}

  static constexpr std::optional<uint64_t> Fit(Uint128 value) {
    if (value >> 64 != 0) return std::nullopt;
    return static_cast<uint64_t>(value);
  }

  // a - b mod p, for a and b below 2^128 with a - b in [-p, p).
  static constexpr Uint128 Subtract(Uint128 a, Uint128 b) {
    const Uint128 difference = a - b;
    const uint64_t mask = BorrowMask(High(a), High(b), High(difference));
    return difference + Join(High(kModulus) & mask, Low(kModulus) & mask);
  }
  static constexpr Uint128 Add(Uint128 a, Uint128 b) { return Subtract(a, kModulus - b); }

  // 2^256 mod p: 2^128 doubled 128 times.
  static constexpr Uint128 RSquared() {
    Uint128 value = kR;
    for (int i = 0; i < 128; ++i) value = Add(value, value);
    return value;
  }
  static const Uint128 kRSquared;

  // 28 * x, from 64-bit words for the same reason as MultiplyWidePortable.
  static constexpr Uint128 Times28(uint64_t x) {
    const uint64_t low = (x & 0xffffffff) * 28;
    const uint64_t high = (x >> 32) * 28 + (low >> 32);
    return Join(high >> 32, x * 28);
  }

  // a * b / 2^128 mod p.
  static constexpr Uint128 Multiply(Uint128 a, Uint128 b) {
    const Uint128 low = MultiplyWide(Low(a), Low(b));
    const Uint128 middle = MultiplyWide(High(a), Low(b)) + High(low);
    const Uint128 middle2 = MultiplyWide(Low(a), High(b)) + Low(middle);
    const Uint128 high = MultiplyWide(High(a), High(b)) + High(middle) + High(middle2);
    return ReduceProduct(Join(Low(middle2), Low(low)), high);
  }

  // (low + high * 2^128) / 2^128 mod p, for a value below p^2 (or high = 0).
  //
  // With q0 the lowest word, (T - q0 p) / 2^64 = T >> 64, plus 28 q0, minus q0 2^64. Twice that
  // gives high + carries + 28 q1 - (q1 2^64 + q0), which lies in (-p, p); what is added to high
  // cannot overflow since high < p - 28 * 2^64 + 1.
  static constexpr Uint128 ReduceProduct(Uint128 low, Uint128 high) {
    const uint64_t q0 = Low(low);
    const Uint128 step = Times28(q0) + High(low);
    const uint64_t q1 = Low(step);
    return Subtract(high + Times28(q1) + High(step), Join(q1, q0));
  }

  Uint128 value_ = 0;
};

inline constexpr Uint128 Field128::kRSquared = Field128::RSquared();

namespace internal {

// NthRoot for every k: gen() = 7^4611686018427387897 has order 2^66.
constexpr std::array<Field128, Field128::kLogGenOrder + 1> Field128Roots() {
  std::array<Field128, Field128::kLogGenOrder + 1> roots;
  roots[Field128::kLogGenOrder] = Field128::FromUint(7).Pow(4611686018427387897);
  for (unsigned k = Field128::kLogGenOrder; k > 0; --k) roots[k - 1] = roots[k] * roots[k];
  return roots;
}
inline constexpr auto kField128Roots = Field128Roots();

}  // namespace internal

constexpr Field128 Field128::NthRoot(unsigned log_n) { return internal::kField128Roots[log_n]; }

static_assert(NttField<Field128>);

}  // namespace baya::vdaf
