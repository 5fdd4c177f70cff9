#include "crypto/ed25519.h"

#include <sodium/crypto_sign_ed25519.h>

#include "crypto/sodium_bytes.h"

namespace baya::crypto::ed25519 {

static_assert(kPublicKeyBytes == crypto_sign_ed25519_PUBLICKEYBYTES);
static_assert(kSignatureBytes == crypto_sign_ed25519_BYTES);

Status Verify(PublicKeyView public_key, ByteView message, ByteView signature) {
  if (signature.size() != kSignatureBytes ||
      crypto_sign_ed25519_verify_detached(signature.data(), SodiumData(message), message.size(),
                                          public_key.data()) != 0) {
    return kError<StatusCode::kDataLoss, "the signature does not match">;
  }
  return OkStatus();
}

}  // namespace baya::crypto::ed25519
