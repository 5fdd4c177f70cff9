#include "crypto/sha256.h"

#include <sodium/crypto_hash_sha256.h>

#include "crypto/sodium_bytes.h"

namespace baya::crypto {

static_assert(kSha256Bytes == crypto_hash_sha256_BYTES);

Sha256Digest Sha256(ByteView message) {
  Sha256Digest digest;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, SodiumData(message), message.size());
  crypto_hash_sha256_final(&state, digest.data());
  return digest;
}

}  // namespace baya::crypto
