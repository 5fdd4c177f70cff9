// The AEAD ChaCha20-Poly1305 (RFC 8439 §2.8).
//
// A nonce must never be used twice with one key. Where that cannot be counted on, use
// crypto/xchacha20poly1305.h, whose nonces may be random.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"

namespace baya::crypto::chacha20poly1305 {

inline constexpr size_t kKeyBytes = 32;
inline constexpr size_t kNonceBytes = 12;
inline constexpr size_t kTagBytes = 16;
// 2^32 - 1 blocks of 64 bytes: the block counter has 32 bits and block 0 makes the Poly1305 key.
inline constexpr uint64_t kMaxPlaintextBytes = 64 * ((uint64_t{1} << 32) - 1);

using Nonce = std::array<uint8_t, kNonceBytes>;
using NonceView = std::span<const uint8_t, kNonceBytes>;

// plaintext.size() + kTagBytes bytes: the ciphertext, then the tag.
//
// Errors: kInvalidArgument (a key that is not kKeyBytes, more than kMaxPlaintextBytes).
Result<Bytes> Seal(const SecretBytes& key, NonceView nonce, ByteView associated_data,
                   ByteView plaintext);

// The plaintext of what Seal made with the same key, nonce and associated data.
//
// Errors: kInvalidArgument (a key that is not kKeyBytes); kDataLoss (anything else differs).
Result<SecretBytes> Open(const SecretBytes& key, NonceView nonce, ByteView associated_data,
                         ByteView ciphertext);

}  // namespace baya::crypto::chacha20poly1305
