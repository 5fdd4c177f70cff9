// Field64: the integers modulo p = 2^32 * 4294967295 + 1 = 2^64 - 2^32 + 1.
//
// Source: draft-irtf-cfrg-vdaf-20 §6.1.4. An element is held as its least representative.
// Reduction: with e = 2^32 - 1, 2^64 = e and 2^96 = -1 modulo p.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "vdaf/field.h"
#include "vdaf/wide.h"

namespace baya::vdaf {

class Field64 {
 public:
  static constexpr size_t kEncodedSize = 8;
  static constexpr unsigned kLogGenOrder = 32;
  static constexpr uint64_t kModulus = (uint64_t{4294967295} << 32) + 1;

  constexpr Field64() = default;

  static constexpr Field64 One() { return Field64(1); }
  static constexpr Field64 FromUint(uint64_t value) { return Field64(Reduce(value)); }
  static constexpr Field64 FromBit(uint64_t bit) { return Field64(bit); }
  static constexpr Field64 NthRoot(unsigned log_n);

  friend constexpr Field64 operator+(Field64 a, Field64 b) {
    return Field64(Subtract(a.value_, kModulus - b.value_));
  }
  friend constexpr Field64 operator-(Field64 a, Field64 b) {
    return Field64(Subtract(a.value_, b.value_));
  }
  friend constexpr Field64 operator-(Field64 a) { return Field64() - a; }
  friend constexpr Field64 operator*(Field64 a, Field64 b) {
    const Uint128 product = MultiplyWide(a.value_, b.value_);
    const uint64_t top = High(product) >> 32;                                    // times 2^96 = -1
    const uint64_t middle = (High(product) << 32) - (High(product) & kEpsilon);  // times 2^64 = e
    // low - top, wrapped by 2^64 = e when it is negative; then - (p - middle), in (-p, p).
    const uint64_t low = Low(product) - top;
    const uint64_t wrapped = low - (kEpsilon & BorrowMask(Low(product), top, low));
    return Field64(Subtract(Reduce(wrapped), kModulus - middle));
  }
  friend constexpr bool operator==(Field64 a, Field64 b) { return a.value_ == b.value_; }

  // `exponent` is public.
  constexpr Field64 Pow(uint64_t exponent) const {
    Field64 power = One();
    for (unsigned bit = 64; bit-- > 0;) {
      power = power * power;
      if ((exponent >> bit) & 1) power = power * *this;
    }
    return power;
  }
  // a^(p-2), Fermat.
  constexpr Field64 Inv() const { return Pow(kModulus - 2); }

  constexpr void Encode(uint8_t* out) const { internal::StoreLe64(value_, out); }
  static constexpr bool Decode(const uint8_t* in, Field64* element) {
    element->value_ = internal::LoadLe64(in);
    return element->value_ < kModulus;
  }

  constexpr std::optional<uint64_t> ToUint64() const { return value_; }
  constexpr std::optional<int64_t> ToInt64() const {
    return internal::Nearest(value_, kModulus - value_);
  }

 private:
  static constexpr uint64_t kEpsilon = 0xffffffff;

  explicit constexpr Field64(uint64_t value) : value_(value) {}
  // a - b mod p, for a - b in [-p, p).
  static constexpr uint64_t Subtract(uint64_t a, uint64_t b) {
    const uint64_t difference = a - b;
    return difference + (kModulus & BorrowMask(a, b, difference));
  }
  // Any value: all are below 2 p.
  static constexpr uint64_t Reduce(uint64_t value) { return Subtract(value, kModulus); }

  uint64_t value_ = 0;
};

namespace internal {

// NthRoot for every k: gen() = 7^4294967295 has order 2^32; each root is the square of the next.
constexpr std::array<Field64, Field64::kLogGenOrder + 1> Field64Roots() {
  std::array<Field64, Field64::kLogGenOrder + 1> roots;
  roots[Field64::kLogGenOrder] = Field64::FromUint(7).Pow(4294967295);
  for (unsigned k = Field64::kLogGenOrder; k > 0; --k) roots[k - 1] = roots[k] * roots[k];
  return roots;
}
inline constexpr auto kField64Roots = Field64Roots();

}  // namespace internal

constexpr Field64 Field64::NthRoot(unsigned log_n) { return internal::kField64Roots[log_n]; }

static_assert(NttField<Field64>);

}  // namespace baya::vdaf
