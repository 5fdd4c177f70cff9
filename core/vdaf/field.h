// What the rest of the room asks of a field.
//
// Source: draft-irtf-cfrg-vdaf-20 §6.1 and §6.1.2 (NTT-friendly fields). Every operation on
// elements takes the same time whatever their values; exponents and integers that come from
// parameters are public.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace baya::vdaf {

template <typename F>
concept NttField = std::regular<F> &&
    requires(const F a, const F b, uint8_t* out, const uint8_t* in, F* element) {
  { F::kEncodedSize } -> std::convertible_to<size_t>;    // ENCODED_SIZE, bytes
  { F::kLogGenOrder } -> std::convertible_to<unsigned>;  // log2(GEN_ORDER)
  { F::One() } -> std::same_as<F>;                       // F() is zero
  { F::FromUint(uint64_t{}) } -> std::same_as<F>;
  { F::FromBit(uint64_t{}) } -> std::same_as<F>;  // 0 or 1, without a branch
  { F::NthRoot(0u) } -> std::same_as<F>;          // principal 2^k-th root of unity
  { a + b } -> std::same_as<F>;
  { a - b } -> std::same_as<F>;
  { a* b } -> std::same_as<F>;
  { -a } -> std::same_as<F>;
  { a.Inv() } -> std::same_as<F>;                    // of zero: zero
  {a.Encode(out)};                                   // little-endian, kEncodedSize bytes
  { F::Decode(in, element) } -> std::same_as<bool>;  // false: not below the modulus
  { a.ToUint64() } -> std::same_as<std::optional<uint64_t>>;
  { a.ToInt64() } -> std::same_as<std::optional<int64_t>>;  // the representative nearest zero
};

namespace internal {

constexpr uint64_t LoadLe64(const uint8_t* p) {
  uint64_t value = 0;
  for (unsigned i = 0; i < 8; ++i) value |= uint64_t{p[i]} << (8 * i);
  return value;
}

constexpr void StoreLe64(uint64_t value, uint8_t* p) {
  for (unsigned i = 0; i < 8; ++i) p[i] = static_cast<uint8_t>(value >> (8 * i));
}

// The integer 0 <= x < p as the representative in (-p/2, p/2], given x and p - x; nothing when
// it does not fit.
constexpr std::optional<int64_t> Nearest(std::optional<uint64_t> x,
                                         std::optional<uint64_t> p_minus_x) {
  constexpr uint64_t kLimit = uint64_t{1} << 63;
  if (x && *x < kLimit) return static_cast<int64_t>(*x);
  if (p_minus_x && *p_minus_x <= kLimit) return static_cast<int64_t>(0 - *p_minus_x);
  return std::nullopt;
}

}  // namespace internal
}  // namespace baya::vdaf
