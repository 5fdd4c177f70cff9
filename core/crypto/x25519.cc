#include "crypto/x25519.h"

#include <sodium/crypto_scalarmult_curve25519.h>

namespace baya::crypto::x25519 {

static_assert(kPrivateKeyBytes == crypto_scalarmult_curve25519_SCALARBYTES);
static_assert(kPublicKeyBytes == crypto_scalarmult_curve25519_BYTES);
static_assert(kSharedSecretBytes == crypto_scalarmult_curve25519_BYTES);

namespace {

// The u-coordinate of the base point (RFC 7748 §4.1).
constexpr PublicKey kBasePoint = {9};

Status CheckPrivateKey(const SecretBytes& key) {
  if (key.size() != kPrivateKeyBytes) {
    return kError<StatusCode::kInvalidArgument, "an X25519 private key is not 32 bytes">;
  }
  return OkStatus();
}

}  // namespace

Result<PublicKey> PublicKeyOf(const SecretBytes& private_key) {
  BAYA_RETURN_IF_ERROR(CheckPrivateKey(private_key));
  PublicKey public_key;
  if (crypto_scalarmult_curve25519(public_key.data(), private_key.Expose().data(),
                                   kBasePoint.data()) != 0) {
    return kError<StatusCode::kInternal, "the X25519 base point was refused">;
  }
  return public_key;
}

Result<SecretBytes> SharedSecret(const SecretBytes& private_key, PublicKeyView public_key) {
  BAYA_RETURN_IF_ERROR(CheckPrivateKey(private_key));
  SecretBytes shared(kSharedSecretBytes);
  if (crypto_scalarmult_curve25519(shared.ExposeMutable().data(), private_key.Expose().data(),
                                   public_key.data()) != 0) {
    return kError<StatusCode::kInvalidArgument, "an X25519 public key has small order">;
  }
  return shared;
}

}  // namespace baya::crypto::x25519
