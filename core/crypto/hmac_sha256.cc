#include "crypto/hmac_sha256.h"

#include <sodium/crypto_auth_hmacsha256.h>

#include "crypto/sodium_bytes.h"

namespace baya::crypto::hmac_sha256 {

static_assert(kTagBytes == crypto_auth_hmacsha256_BYTES);

SecretBytes Mac(const SecretBytes& key, ByteView message) {
  SecretBytes tag(kTagBytes);
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, SodiumData(key.Expose()), key.size());
  crypto_auth_hmacsha256_update(&state, SodiumData(message), message.size());
  crypto_auth_hmacsha256_final(&state, tag.ExposeMutable().data());
  Wipe({reinterpret_cast<uint8_t*>(&state), sizeof state});
  return tag;
}

Status Verify(const SecretBytes& key, ByteView message, ByteView tag) {
  if (!ConstantTimeEqual(Mac(key, message).Expose(), tag)) {
    return kError<StatusCode::kDataLoss, "the authentication tag does not match">;
  }
  return OkStatus();
}

}  // namespace baya::crypto::hmac_sha256
