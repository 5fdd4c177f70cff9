#include "crypto/chacha20poly1305.h"

#include <sodium/crypto_aead_chacha20poly1305.h>

#include "crypto/aead_internal.h"

namespace baya::crypto::chacha20poly1305 {

static_assert(kKeyBytes == aead_internal::kKeyBytes);
static_assert(kTagBytes == aead_internal::kTagBytes);
static_assert(kMaxPlaintextBytes == aead_internal::kMaxPlaintextBytes);
static_assert(kKeyBytes == crypto_aead_chacha20poly1305_ietf_KEYBYTES);
static_assert(kNonceBytes == crypto_aead_chacha20poly1305_ietf_NPUBBYTES);
static_assert(kTagBytes == crypto_aead_chacha20poly1305_ietf_ABYTES);

Result<Bytes> Seal(const SecretBytes& key, NonceView nonce, ByteView associated_data,
                   ByteView plaintext) {
  return aead_internal::Seal(crypto_aead_chacha20poly1305_ietf_encrypt, key, nonce.data(),
                             associated_data, plaintext);
}

Result<SecretBytes> Open(const SecretBytes& key, NonceView nonce, ByteView associated_data,
                         ByteView ciphertext) {
  return aead_internal::Open(crypto_aead_chacha20poly1305_ietf_decrypt, key, nonce.data(),
                             associated_data, ciphertext);
}

}  // namespace baya::crypto::chacha20poly1305
