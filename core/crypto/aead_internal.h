// What the AEADs of this room share: libsodium gives both the same shape and the same sizes.
// Included by their .cc files only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/checked.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "crypto/sodium_bytes.h"

namespace baya::crypto::aead_internal {

inline constexpr size_t kKeyBytes = 32;
inline constexpr size_t kTagBytes = 16;
inline constexpr uint64_t kMaxPlaintextBytes = 64 * ((uint64_t{1} << 32) - 1);

using Encrypt = int(unsigned char* c, unsigned long long* c_size, const unsigned char* m,
                    unsigned long long m_size, const unsigned char* ad, unsigned long long ad_size,
                    const unsigned char* nsec, const unsigned char* npub, const unsigned char* k);
using Decrypt = int(unsigned char* m, unsigned long long* m_size, unsigned char* nsec,
                    const unsigned char* c, unsigned long long c_size, const unsigned char* ad,
                    unsigned long long ad_size, const unsigned char* npub, const unsigned char* k);

// `size` is always 64 bits: where size_t has 32, no size reaches the limit.
inline bool IsTooLong(uint64_t plaintext_size) { return plaintext_size > kMaxPlaintextBytes; }

inline Status CheckKey(const SecretBytes& key) {
  if (key.size() != kKeyBytes) {
    return kError<StatusCode::kInvalidArgument, "an AEAD key is not 32 bytes">;
  }
  return OkStatus();
}

inline Result<Bytes> Seal(Encrypt& encrypt, const SecretBytes& key, const uint8_t* nonce,
                          ByteView associated_data, ByteView plaintext) {
  BAYA_RETURN_IF_ERROR(CheckKey(key));
  const std::optional<size_t> size = CheckedAdd(plaintext.size(), kTagBytes);
  if (!size || IsTooLong(plaintext.size())) {
    return kError<StatusCode::kInvalidArgument, "a plaintext is longer than the AEAD can seal">;
  }
  Bytes ciphertext(*size);
  encrypt(ciphertext.data(), nullptr, SodiumData(plaintext), plaintext.size(),
          SodiumData(associated_data), associated_data.size(), nullptr, nonce, key.Expose().data());
  return ciphertext;
}

inline Result<SecretBytes> Open(Decrypt& decrypt, const SecretBytes& key, const uint8_t* nonce,
                                ByteView associated_data, ByteView ciphertext) {
  BAYA_RETURN_IF_ERROR(CheckKey(key));
  if (ciphertext.size() < kTagBytes || IsTooLong(ciphertext.size() - kTagBytes)) {
    return kError<StatusCode::kDataLoss, "a ciphertext has an impossible length">;
  }
  SecretBytes plaintext(ciphertext.size() - kTagBytes);
  // Null when there is nothing to decrypt: libsodium then verifies only.
  if (decrypt(plaintext.ExposeMutable().data(), nullptr, nullptr, ciphertext.data(),
              ciphertext.size(), SodiumData(associated_data), associated_data.size(), nonce,
              key.Expose().data()) != 0) {
    return kError<StatusCode::kDataLoss, "a ciphertext does not open: wrong key or altered bytes">;
  }
  return plaintext;
}

}  // namespace baya::crypto::aead_internal
