// One exported call of each function of core/crypto that a page may use.

#include "crypto/chacha20poly1305.h"
#include "crypto/ed25519.h"
#include "crypto/hkdf_sha256.h"
#include "crypto/hmac_sha256.h"
#include "crypto/hpke.h"
#include "crypto/sha256.h"
#include "crypto/x25519.h"
#include "crypto/xchacha20poly1305.h"

#define CRYPTO_SET_EXPORT extern "C" __attribute__((used, visibility("default")))

namespace crypto = baya::crypto;
using baya::ByteView;
using baya::SecretBytes;

// `data` points at `size` bytes, at least 128.

CRYPTO_SET_EXPORT bool CallChaCha20Poly1305(const uint8_t* data, size_t size) {
  namespace aead = crypto::chacha20poly1305;
  const SecretBytes key = SecretBytes::CopyOf({data, aead::kKeyBytes});
  const aead::NonceView nonce(data, aead::kNonceBytes);
  const auto sealed = aead::Seal(key, nonce, {}, {data, size});
  return sealed.ok() && aead::Open(key, nonce, {}, *sealed).ok();
}

CRYPTO_SET_EXPORT bool CallXChaCha20Poly1305(const uint8_t* data, size_t size) {
  namespace aead = crypto::xchacha20poly1305;
  const SecretBytes key = SecretBytes::CopyOf({data, aead::kKeyBytes});
  const aead::NonceView nonce(data, aead::kNonceBytes);
  const auto sealed = aead::Seal(key, nonce, {}, {data, size});
  return sealed.ok() && aead::Open(key, nonce, {}, *sealed).ok();
}

CRYPTO_SET_EXPORT bool CallX25519(const uint8_t* data, size_t) {
  const SecretBytes key = SecretBytes::CopyOf({data, crypto::x25519::kPrivateKeyBytes});
  const auto public_key = crypto::x25519::PublicKeyOf(key);
  return public_key.ok() && crypto::x25519::SharedSecret(key, *public_key).ok();
}

CRYPTO_SET_EXPORT bool CallEd25519Verify(const uint8_t* data, size_t size) {
  const crypto::ed25519::PublicKeyView key(data, crypto::ed25519::kPublicKeyBytes);
  return crypto::ed25519::Verify(key, {data, size}, {data, crypto::ed25519::kSignatureBytes}).ok();
}

CRYPTO_SET_EXPORT bool CallHpke(const uint8_t* data, size_t size) {
  namespace hpke = crypto::hpke;
  const SecretBytes key = SecretBytes::CopyOf({data, hpke::kPrivateKeyBytes});
  const hpke::PublicKeyView recipient(data, hpke::kPublicKeyBytes);
  const auto sealed = hpke::SealBase(recipient, {}, {}, {data, size}, key);
  return sealed.ok() && hpke::OpenBase(sealed->enc, key, {}, {}, sealed->ciphertext).ok();
}

CRYPTO_SET_EXPORT bool CallHashes(const uint8_t* data, size_t size) {
  const ByteView bytes(data, size);
  const SecretBytes key = SecretBytes::CopyOf(bytes);
  return crypto::hmac_sha256::Verify(key, bytes, crypto::Sha256(bytes)).ok() &&
         crypto::hkdf_sha256::Derive(bytes, key, bytes, size).ok();
}
