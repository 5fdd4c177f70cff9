#include "crypto/ed25519_signing.h"

#include <sodium/crypto_sign_ed25519.h>

#include "crypto/sodium_bytes.h"

namespace baya::crypto::ed25519 {

static_assert(kSeedBytes == crypto_sign_ed25519_SEEDBYTES);

namespace {

struct KeyPair {
  PublicKey public_key;
  SecretBytes secret_key{crypto_sign_ed25519_SECRETKEYBYTES};  // libsodium's: seed | public key
};

Result<KeyPair> KeyPairOf(const SecretBytes& seed) {
  if (seed.size() != kSeedBytes) {
    return kError<StatusCode::kInvalidArgument, "an Ed25519 seed is not 32 bytes">;
  }
  KeyPair pair;
  crypto_sign_ed25519_seed_keypair(pair.public_key.data(), pair.secret_key.ExposeMutable().data(),
                                   seed.Expose().data());
  return pair;
}

}  // namespace

Result<PublicKey> PublicKeyOf(const SecretBytes& seed) {
  BAYA_ASSIGN_OR_RETURN(KeyPair pair, KeyPairOf(seed));
  return pair.public_key;
}

Result<Signature> Sign(const SecretBytes& seed, ByteView message) {
  BAYA_ASSIGN_OR_RETURN(KeyPair pair, KeyPairOf(seed));
  Signature signature;
  crypto_sign_ed25519_detached(signature.data(), nullptr, SodiumData(message), message.size(),
                               pair.secret_key.Expose().data());
  return signature;
}

}  // namespace baya::crypto::ed25519
