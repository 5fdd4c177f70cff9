#include "crypto/hpke.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "crypto/hkdf_sha256.h"

namespace baya::crypto::hpke {
namespace {

// suite_id of the KEM (§4.1) and of the whole (§5.1): a name, then the ids in two bytes each.
constexpr uint8_t kKemSuite[] = {'K', 'E', 'M', kKemId >> 8, kKemId & 0xff};
constexpr uint8_t kHpkeSuite[] = {'H',          'P',           'K',         'E',
                                  kKemId >> 8,  kKemId & 0xff, kKdfId >> 8, kKdfId & 0xff,
                                  kAeadId >> 8, kAeadId & 0xff};
constexpr uint8_t kModeBase = 0x00;

constexpr size_t kSecretBytes = 32;  // Nsecret of the KEM, Nh of the KDF

SecretBytes Concatenate(std::initializer_list<ByteView> parts) {
  size_t size = 0;
  for (ByteView part : parts) size += part.size();
  SecretBytes whole(size);
  auto out = whole.ExposeMutable().begin();
  for (ByteView part : parts) out = std::copy(part.begin(), part.end(), out);
  return whole;
}

// LabeledExtract and LabeledExpand (§4).
SecretBytes LabeledExtract(ByteView suite_id, ByteView salt, std::string_view label, ByteView ikm) {
  return hkdf_sha256::Extract(salt,
                              Concatenate({AsBytes("HPKE-v1"), suite_id, AsBytes(label), ikm}));
}

Result<SecretBytes> LabeledExpand(ByteView suite_id, const SecretBytes& prk, std::string_view label,
                                  ByteView info, size_t length) {
  const uint8_t encoded_length[] = {static_cast<uint8_t>(length >> 8),
                                    static_cast<uint8_t>(length)};
  const SecretBytes labeled_info =
      Concatenate({encoded_length, AsBytes("HPKE-v1"), suite_id, AsBytes(label), info});
  return hkdf_sha256::Expand(prk, labeled_info.Expose(), length);
}

// What Encap and Decap have in common (§4.1): the shared secret of `ours` and `theirs`.
Result<SecretBytes> KemSecret(const SecretBytes& ours, PublicKeyView theirs, EncView enc,
                              PublicKeyView recipient) {
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& dh, x25519::SharedSecret(ours, theirs));
  const SecretBytes kem_context = Concatenate({enc, recipient});
  const SecretBytes eae_prk = LabeledExtract(kKemSuite, {}, "eae_prk", dh.Expose());
  return LabeledExpand(kKemSuite, eae_prk, "shared_secret", kem_context.Expose(), kSecretBytes);
}

struct Context {
  SecretBytes key;
  chacha20poly1305::Nonce base_nonce;
};

// KeySchedule with mode_base (§5.1), whose psk and psk_id are empty. The nonce of a context's
// first and only message is base_nonce itself (§5.2).
Result<Context> KeySchedule(const SecretBytes& shared_secret, ByteView info) {
  const SecretBytes psk_id_hash = LabeledExtract(kHpkeSuite, {}, "psk_id_hash", {});
  const SecretBytes info_hash = LabeledExtract(kHpkeSuite, {}, "info_hash", info);
  const uint8_t mode[] = {kModeBase};
  const SecretBytes key_schedule_context =
      Concatenate({mode, psk_id_hash.Expose(), info_hash.Expose()});
  const SecretBytes secret = LabeledExtract(kHpkeSuite, shared_secret.Expose(), "secret", {});

  Context context;
  BAYA_ASSIGN_OR_RETURN(context.key,
                        LabeledExpand(kHpkeSuite, secret, "key", key_schedule_context.Expose(),
                                      chacha20poly1305::kKeyBytes));
  BAYA_ASSIGN_OR_RETURN(
      const SecretBytes& base_nonce,
      LabeledExpand(kHpkeSuite, secret, "base_nonce", key_schedule_context.Expose(),
                    chacha20poly1305::kNonceBytes));
  std::copy(base_nonce.Expose().begin(), base_nonce.Expose().end(), context.base_nonce.begin());
  return context;
}

}  // namespace

Result<Sealed> SealBase(PublicKeyView recipient, ByteView info, ByteView aad, ByteView plaintext,
                        const SecretBytes& ephemeral) {
  Sealed sealed;
  BAYA_ASSIGN_OR_RETURN(sealed.enc, x25519::PublicKeyOf(ephemeral));
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& shared_secret,
                        KemSecret(ephemeral, recipient, sealed.enc, recipient));
  BAYA_ASSIGN_OR_RETURN(const Context& context, KeySchedule(shared_secret, info));
  BAYA_ASSIGN_OR_RETURN(sealed.ciphertext,
                        chacha20poly1305::Seal(context.key, context.base_nonce, aad, plaintext));
  return sealed;
}

Result<SecretBytes> OpenBase(EncView enc, const SecretBytes& recipient, ByteView info, ByteView aad,
                             ByteView ciphertext) {
  BAYA_ASSIGN_OR_RETURN(const x25519::PublicKey& public_key, x25519::PublicKeyOf(recipient));
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& shared_secret,
                        KemSecret(recipient, enc, enc, public_key));
  BAYA_ASSIGN_OR_RETURN(const Context& context, KeySchedule(shared_secret, info));
  return chacha20poly1305::Open(context.key, context.base_nonce, aad, ciphertext);
}

}  // namespace baya::crypto::hpke
