#include "crypto/turboshake128.h"

#include <bit>
#include <cstdlib>

#include "base/secret_bytes.h"

namespace baya::crypto {
namespace {

// FIPS 202 §3.2.5, the constants of the last twelve of the 24 rounds (RFC 9861 §2).
constexpr uint64_t kRoundConstants[12] = {
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

// chi (FIPS 202 §3.2.4) of one plane.
#define BAYA_KECCAK_CHI(to, x0, x1, x2, x3, x4) \
  do {                                          \
    const uint64_t b0 = (x0);                   \
    const uint64_t b1 = (x1);                   \
    const uint64_t b2 = (x2);                   \
    const uint64_t b3 = (x3);                   \
    const uint64_t b4 = (x4);                   \
    (to)[0] = b0 ^ (~b1 & b2);                  \
    (to)[1] = b1 ^ (~b2 & b3);                  \
    (to)[2] = b2 ^ (~b3 & b4);                  \
    (to)[3] = b3 ^ (~b4 & b0);                  \
    (to)[4] = b4 ^ (~b0 & b1);                  \
  } while (false)

// One round from `a` to `e`, lane (x, y) at [x + 5 * y]. Every index is a constant, so that after
// inlining no lane lives in memory. The rotations are the offsets of FIPS 202 §3.2.2, the order
// of the lanes is pi (§3.2.3).
[[gnu::always_inline]] inline void Round(const uint64_t (&a)[25], uint64_t (&e)[25],
                                         uint64_t round_constant) {
  const uint64_t c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
  const uint64_t c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
  const uint64_t c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
  const uint64_t c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
  const uint64_t c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
  const uint64_t d0 = c4 ^ std::rotl(c1, 1);
  const uint64_t d1 = c0 ^ std::rotl(c2, 1);
  const uint64_t d2 = c1 ^ std::rotl(c3, 1);
  const uint64_t d3 = c2 ^ std::rotl(c4, 1);
  const uint64_t d4 = c3 ^ std::rotl(c0, 1);
  BAYA_KECCAK_CHI(e, a[0] ^ d0, std::rotl(a[6] ^ d1, 44), std::rotl(a[12] ^ d2, 43),
                  std::rotl(a[18] ^ d3, 21), std::rotl(a[24] ^ d4, 14));
  BAYA_KECCAK_CHI(e + 5, std::rotl(a[3] ^ d3, 28), std::rotl(a[9] ^ d4, 20),
                  std::rotl(a[10] ^ d0, 3), std::rotl(a[16] ^ d1, 45), std::rotl(a[22] ^ d2, 61));
  BAYA_KECCAK_CHI(e + 10, std::rotl(a[1] ^ d1, 1), std::rotl(a[7] ^ d2, 6),
                  std::rotl(a[13] ^ d3, 25), std::rotl(a[19] ^ d4, 8), std::rotl(a[20] ^ d0, 18));
  BAYA_KECCAK_CHI(e + 15, std::rotl(a[4] ^ d4, 27), std::rotl(a[5] ^ d0, 36),
                  std::rotl(a[11] ^ d1, 10), std::rotl(a[17] ^ d2, 15), std::rotl(a[23] ^ d3, 56));
  BAYA_KECCAK_CHI(e + 20, std::rotl(a[2] ^ d2, 62), std::rotl(a[8] ^ d3, 55),
                  std::rotl(a[14] ^ d4, 39), std::rotl(a[15] ^ d0, 41), std::rotl(a[21] ^ d1, 2));
  e[0] ^= round_constant;
}

#undef BAYA_KECCAK_CHI

uint64_t LoadLe64(const uint8_t* p) {
  uint64_t value = 0;
  for (size_t i = 0; i < 8; ++i) value |= uint64_t{p[i]} << (8 * i);
  return value;
}

void StoreLe64(uint64_t value, uint8_t* p) {
  for (size_t i = 0; i < 8; ++i) p[i] = static_cast<uint8_t>(value >> (8 * i));
}

}  // namespace

TurboShake128::TurboShake128(uint8_t domain) : domain_(domain) {
  if (domain < 0x01 || domain > 0x7f) std::abort();
}

TurboShake128::~TurboShake128() { Wipe({reinterpret_cast<uint8_t*>(lanes_), sizeof(lanes_)}); }

void TurboShake128::Permute() {
  uint64_t a[25];
  uint64_t e[25];
  for (size_t i = 0; i < 25; ++i) a[i] = lanes_[i];
  for (size_t round = 0; round < 12; round += 2) {
    Round(a, e, kRoundConstants[round]);
    Round(e, a, kRoundConstants[round + 1]);
  }
  for (size_t i = 0; i < 25; ++i) lanes_[i] = a[i];
}

void TurboShake128::XorByte(uint8_t byte) {
  lanes_[position_ / 8] ^= uint64_t{byte} << (8 * (position_ % 8));
}

void TurboShake128::Absorb(ByteView message) {
  if (squeezing_) std::abort();
  size_t i = 0;
  while (i < message.size()) {
    if (position_ == kRate) {
      Permute();
      position_ = 0;
    }
    if (position_ % 8 == 0 && message.size() - i >= 8) {
      lanes_[position_ / 8] ^= LoadLe64(message.data() + i);
      position_ += 8;
      i += 8;
    } else {
      XorByte(message[i]);
      ++position_;
      ++i;
    }
  }
}

void TurboShake128::Squeeze(MutableByteView out) {
  if (!squeezing_) {
    // RFC 9861 §2.2: the domain byte follows the message, the last bit of the block is set.
    if (position_ == kRate) {
      Permute();
      position_ = 0;
    }
    XorByte(domain_);
    lanes_[kRate / 8 - 1] ^= uint64_t{0x80} << 56;
    Permute();
    position_ = 0;
    squeezing_ = true;
  }
  size_t i = 0;
  while (i < out.size()) {
    if (position_ == kRate) {
      Permute();
      position_ = 0;
    }
    if (position_ % 8 == 0 && out.size() - i >= 8) {
      StoreLe64(lanes_[position_ / 8], out.data() + i);
      position_ += 8;
      i += 8;
    } else {
      out[i] = static_cast<uint8_t>(lanes_[position_ / 8] >> (8 * (position_ % 8)));
      ++position_;
      ++i;
    }
  }
}

}  // namespace baya::crypto
