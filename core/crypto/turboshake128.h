// TurboSHAKE128: an extendable output function on Keccak-p[1600, n_r = 12], 128-bit security.
//
// Source: RFC 9861 §2 (RFC 9861 §2.2 gives the padding); Keccak-p is FIPS 202 §3.3.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace baya::crypto {

// TurboSHAKE128(M, D, L): M is all that was absorbed, in chunks of any size; the squeezed chunks
// together are the first L bytes of the output. Time depends on the lengths alone; the state is
// wiped at the end of its life.
class TurboShake128 {
 public:
  static constexpr size_t kRate = 168;  // bytes per permutation: (1600 - 256) / 8

  // REQUIRES: domain (D) in [0x01, 0x7f]; aborts otherwise.
  explicit TurboShake128(uint8_t domain);
  ~TurboShake128();
  TurboShake128(const TurboShake128&) = delete;
  TurboShake128& operator=(const TurboShake128&) = delete;

  // REQUIRES: nothing was squeezed yet; aborts otherwise.
  void Absorb(ByteView message);

  // Fills `out`; the first call ends the message.
  void Squeeze(MutableByteView out);

 private:
  static constexpr size_t kLanes = 25;

  void Permute();
  void XorByte(uint8_t byte);

  uint64_t lanes_[kLanes] = {};
  size_t position_ = 0;  // bytes of this block absorbed or squeezed, in [0, kRate]
  uint8_t domain_;
  bool squeezing_ = false;
};

}  // namespace baya::crypto
