// XofTurboShake128: seeds to seeds and to vectors of field elements.
//
// Source: draft-irtf-cfrg-vdaf-20 §6.2 and §6.2.1.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "crypto/turboshake128.h"
#include "vdaf/field.h"

namespace baya::vdaf {

class XofTurboShake128 {
 public:
  static constexpr size_t kSeedSize = 32;  // SEED_SIZE
  static constexpr size_t kMaxSeedSize = 255;
  static constexpr size_t kMaxDstSize = 65535;

  // `dst` and `binder` are the concatenations of their parts. REQUIRES: seed of at most
  // kMaxSeedSize and dst of at most kMaxDstSize bytes; aborts otherwise.
  XofTurboShake128(ByteView seed, std::initializer_list<ByteView> dst,
                   std::initializer_list<ByteView> binder);

  // The next out.size() bytes of the stream.
  void Next(MutableByteView out) { sponge_.Squeeze(out); }

  // next_vec: the next out.size() field elements. A candidate that is not below the modulus is
  // passed over; that takes time, but says nothing of the elements kept, which are uniform and
  // independent of it. (Both moduli are so near a power of two that the draft's mask is all ones;
  // a candidate fails with probability below 2^-31.)
  template <NttField F>
  void NextVec(std::span<F> out) {
    std::array<uint8_t, 1024> buffer;
    static_assert(buffer.size() % F::kEncodedSize == 0);
    size_t filled = 0;
    while (filled < out.size()) {
      const size_t candidates = std::min(out.size() - filled, buffer.size() / F::kEncodedSize);
      Next({buffer.data(), candidates * F::kEncodedSize});
      for (size_t i = 0; i < candidates; ++i) {
        if (F::Decode(&buffer[i * F::kEncodedSize], &out[filled])) ++filled;
      }
    }
    Wipe(buffer);
  }

  // derive_seed, into kSeedSize bytes.
  static void DeriveSeed(ByteView seed, std::initializer_list<ByteView> dst,
                         std::initializer_list<ByteView> binder, MutableByteView out) {
    XofTurboShake128(seed, dst, binder).Next(out.first(kSeedSize));
  }

  // expand_into_vec.
  template <NttField F>
  static void ExpandIntoVec(ByteView seed, std::initializer_list<ByteView> dst,
                            std::initializer_list<ByteView> binder, std::span<F> out) {
    XofTurboShake128(seed, dst, binder).NextVec(out);
  }

 private:
  crypto::TurboShake128 sponge_;
};

// The same over bytes, for tools: kInvalidArgument for a seed or dst that is too long.
Result<SecretBytes> DeriveSeed(ByteView seed, ByteView dst, ByteView binder);
// `length` elements of Field128, encoded; length in [1, kMaxVectorLength].
Result<SecretBytes> ExpandIntoVecField128(ByteView seed, ByteView dst, ByteView binder,
                                          uint64_t length);

}  // namespace baya::vdaf
