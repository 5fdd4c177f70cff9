// Arithmetic on 64 and 128-bit words whose time does not depend on their values.
#pragma once

#include <cstdint>
#include <type_traits>

namespace baya::vdaf {

using Uint128 = unsigned __int128;

// `mask` itself, of which the compiler no longer knows that it is all zeros or all ones: without
// this, it may turn the mask into a branch.
constexpr uint64_t Opaque(uint64_t mask) {
  if (!std::is_constant_evaluated()) asm("" : "+r"(mask));
  return mask;
}

constexpr Uint128 Join(uint64_t high, uint64_t low) { return (Uint128{high} << 64) | low; }
constexpr uint64_t High(Uint128 value) { return static_cast<uint64_t>(value >> 64); }
constexpr uint64_t Low(Uint128 value) { return static_cast<uint64_t>(value); }

// All ones when a < b, else zero; `difference` is the highest word of a - b and a and b are
// theirs. (Warren, "Hacker's Delight", 2-13: the borrow is the majority of ~a, b and a - b.)
constexpr uint64_t BorrowMask(uint64_t a, uint64_t b, uint64_t difference) {
  return Opaque(0 - (((~a & b) | (~(a ^ b) & difference)) >> 63));
}

// From four 32-bit by 32-bit products: no sum below can pass 2^64, because
// (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1.
constexpr Uint128 MultiplyWidePortable(uint64_t a, uint64_t b) {
  const uint64_t a0 = a & 0xffffffff;
  const uint64_t a1 = a >> 32;
  const uint64_t b0 = b & 0xffffffff;
  const uint64_t b1 = b >> 32;
  const uint64_t low = a0 * b0;
  const uint64_t middle = a1 * b0 + (low >> 32);
  const uint64_t middle2 = a0 * b1 + (middle & 0xffffffff);
  const uint64_t high = a1 * b1 + (middle >> 32) + (middle2 >> 32);
  return Join(high, (middle2 << 32) | (low & 0xffffffff));
}

// WebAssembly has no such instruction, and its compilers call a slower function for it.
constexpr Uint128 MultiplyWide(uint64_t a, uint64_t b) {
#ifdef __wasm__
  return MultiplyWidePortable(a, b);
#else
  return Uint128{a} * b;
#endif
}

}  // namespace baya::vdaf
