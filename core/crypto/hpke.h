// Hybrid Public Key Encryption to one recipient (RFC 9180), base mode, one message.
//
// One suite: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. The sender is not
// authenticated.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "crypto/chacha20poly1305.h"
#include "crypto/x25519.h"

namespace baya::crypto::hpke {

// RFC 9180 §7.
inline constexpr uint16_t kKemId = 0x0020;
inline constexpr uint16_t kKdfId = 0x0001;
inline constexpr uint16_t kAeadId = 0x0003;

inline constexpr size_t kEncBytes = x25519::kPublicKeyBytes;          // Nenc
inline constexpr size_t kPublicKeyBytes = x25519::kPublicKeyBytes;    // Npk
inline constexpr size_t kPrivateKeyBytes = x25519::kPrivateKeyBytes;  // Nsk
inline constexpr size_t kTagBytes = chacha20poly1305::kTagBytes;      // Nt

using Enc = x25519::PublicKey;
using EncView = x25519::PublicKeyView;
using PublicKeyView = x25519::PublicKeyView;

struct Sealed {
  Enc enc;
  Bytes ciphertext;  // plaintext + kTagBytes
};

// SealBase (§6.1).
//
//   ephemeral  kPrivateKeyBytes from Host::FillRandom, for this message alone
//
// Errors: kInvalidArgument (a private key of another size, a public key of small order, a
// plaintext that is too long).
Result<Sealed> SealBase(PublicKeyView recipient, ByteView info, ByteView aad, ByteView plaintext,
                        const SecretBytes& ephemeral);

// OpenBase (§6.1).
//
// Errors: kInvalidArgument (a private key of another size, an `enc` of small order); kDataLoss
// (anything else differs from what was sealed).
Result<SecretBytes> OpenBase(EncView enc, const SecretBytes& recipient, ByteView info, ByteView aad,
                             ByteView ciphertext);

}  // namespace baya::crypto::hpke
