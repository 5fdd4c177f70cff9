// The AEAD XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03 §2): ChaCha20-Poly1305 with a nonce so
// long that random ones do not repeat.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"

namespace baya::crypto::xchacha20poly1305 {

inline constexpr size_t kKeyBytes = 32;
inline constexpr size_t kNonceBytes = 24;
inline constexpr size_t kTagBytes = 16;
// As for ChaCha20-Poly1305, which HChaCha20 only gives another key.
inline constexpr uint64_t kMaxPlaintextBytes = 64 * ((uint64_t{1} << 32) - 1);

using Nonce = std::array<uint8_t, kNonceBytes>;
using NonceView = std::span<const uint8_t, kNonceBytes>;

// plaintext.size() + kTagBytes bytes: the ciphertext, then the tag.
//
//   nonce  from Host::FillRandom, or never repeated for other reasons
//
// Errors: kInvalidArgument (a key that is not kKeyBytes, more than kMaxPlaintextBytes).
Result<Bytes> Seal(const SecretBytes& key, NonceView nonce, ByteView associated_data,
                   ByteView plaintext);

// The plaintext of what Seal made with the same key, nonce and associated data.
//
// Errors: kInvalidArgument (a key that is not kKeyBytes); kDataLoss (anything else differs).
Result<SecretBytes> Open(const SecretBytes& key, NonceView nonce, ByteView associated_data,
                         ByteView ciphertext);

}  // namespace baya::crypto::xchacha20poly1305
