// Every case of the Wycheproof files for the primitives of core/crypto, through its wrappers.
//
// Source: C2SP/wycheproof, testvectors_v1, read from BAYA_SHARED/vectors/wycheproof.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "base/testing/status_matchers.h"
#include "codec/json.h"
#include "crypto/chacha20poly1305.h"
#include "crypto/ed25519.h"
#include "crypto/fixed_bytes.h"
#include "crypto/hkdf_sha256.h"
#include "crypto/hmac_sha256.h"
#include "crypto/x25519.h"
#include "crypto/xchacha20poly1305.h"

namespace baya {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::IsOkAndHolds;
using codec::JsonValue;
using crypto::FixedBytes;
using ::testing::ElementsAreArray;

enum class Verdict { kAccepted, kRefused };

struct Counts {
  int accepted;
  int refused;
};

// What our code says about one case; records a failure where it contradicts the file.
using Check = Verdict(const JsonValue& group, const JsonValue& test);

// A field that every case of the file has.
Bytes Hex(const JsonValue& object, std::string_view name) {
  Result<Bytes> bytes = object.HexAt(name);
  EXPECT_TRUE(bytes.ok()) << name << " is missing or is not hex";
  return bytes.ok() ? *std::move(bytes) : Bytes();
}

SecretBytes SecretHex(const JsonValue& object, std::string_view name) {
  return SecretBytes::CopyOf(Hex(object, name));
}

bool SaysValid(const JsonValue& test) { return *test.StringAt("result") == "valid"; }

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path << " cannot be read";
  return {std::istreambuf_iterator<char>(file), {}};
}

// Runs `check` on each case and compares how many were accepted and refused, so that a file that
// is cut short, or a check that looks at nothing, fails.
void RunFile(const char* name, Counts expected, Check& check) {
  const char* shared = std::getenv("BAYA_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "BAYA_SHARED is not set: no vectors to compare with";
  const std::string text = ReadFile(std::string(shared) + "/vectors/wycheproof/" + name);
  BAYA_ASSERT_OK_AND_ASSIGN(const JsonValue file, codec::ParseJson(text));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto groups, file.ElementsAt("testGroups"));
  Counts counts{0, 0};
  for (const JsonValue& group : groups) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto tests, group.ElementsAt("tests"));
    for (const JsonValue& test : tests) {
      BAYA_ASSERT_OK_AND_ASSIGN(const uint64_t id, test.Uint64At("tcId"));
      SCOPED_TRACE(::testing::Message() << name << " case " << id);
      ++(check(group, test) == Verdict::kAccepted ? counts.accepted : counts.refused);
    }
  }
  std::cout << name << ": " << counts.accepted << " accepted, " << counts.refused << " refused\n";
  EXPECT_EQ(counts.accepted, expected.accepted);
  EXPECT_EQ(counts.refused, expected.refused);
}

// "Acceptable" leaves it to the implementation. Ours takes every public key (twist, non-canonical)
// but those that make the secret zero.
Verdict CheckX25519(const JsonValue&, const JsonValue& test) {
  const Bytes expected = Hex(test, "shared");
  const auto public_key = FixedBytes<crypto::x25519::kPublicKeyBytes>(Hex(test, "public"));
  EXPECT_THAT(public_key, IsOk());
  if (!public_key.ok()) return Verdict::kRefused;
  const Result<SecretBytes> shared =
      crypto::x25519::SharedSecret(SecretHex(test, "private"), *public_key);
  const bool is_zero = std::all_of(expected.begin(), expected.end(), [](uint8_t b) { return !b; });
  EXPECT_EQ(shared.ok(), !is_zero);
  if (!shared.ok()) return Verdict::kRefused;
  EXPECT_THAT(shared->Expose(), ElementsAreArray(expected));
  return Verdict::kAccepted;
}

TEST(WycheproofTest, X25519) {
  RunFile("x25519_test.json", {.accepted = 487, .refused = 31}, CheckX25519);
}

// A nonce of another size cannot be given to the wrappers: FixedBytes refuses it.
template <size_t kNonceBytes, auto& Seal, auto& Open>
Verdict CheckAead(const JsonValue&, const JsonValue& test) {
  const SecretBytes key = SecretHex(test, "key");
  const Bytes aad = Hex(test, "aad");
  const Bytes message = Hex(test, "msg");
  Bytes ciphertext = Hex(test, "ct");
  const Bytes tag = Hex(test, "tag");
  ciphertext.insert(ciphertext.end(), tag.begin(), tag.end());

  const auto nonce = FixedBytes<kNonceBytes>(Hex(test, "iv"));
  const Result<SecretBytes> opened =
      nonce.ok() ? Open(key, *nonce, aad, ciphertext) : nonce.status();
  EXPECT_EQ(opened.ok(), SaysValid(test));
  if (!opened.ok()) return Verdict::kRefused;
  EXPECT_THAT(opened->Expose(), ElementsAreArray(message));
  EXPECT_THAT(Seal(key, *nonce, aad, message), IsOkAndHolds(ElementsAreArray(ciphertext)));
  return Verdict::kAccepted;
}

TEST(WycheproofTest, ChaCha20Poly1305) {
  namespace aead = crypto::chacha20poly1305;
  RunFile("chacha20_poly1305_test.json", {.accepted = 256, .refused = 69},
          CheckAead<aead::kNonceBytes, aead::Seal, aead::Open>);
}

TEST(WycheproofTest, XChaCha20Poly1305) {
  namespace aead = crypto::xchacha20poly1305;
  RunFile("xchacha20_poly1305_test.json", {.accepted = 246, .refused = 69},
          CheckAead<aead::kNonceBytes, aead::Seal, aead::Open>);
}

Verdict CheckHkdfSha256(const JsonValue&, const JsonValue& test) {
  const Result<uint64_t> size = test.Uint64At("size");
  EXPECT_THAT(size, IsOk());
  if (!size.ok()) return Verdict::kRefused;
  const Result<SecretBytes> okm = crypto::hkdf_sha256::Derive(
      Hex(test, "salt"), SecretHex(test, "ikm"), Hex(test, "info"), static_cast<size_t>(*size));
  EXPECT_EQ(okm.ok(), SaysValid(test));
  if (!okm.ok()) return Verdict::kRefused;
  EXPECT_THAT(okm->Expose(), ElementsAreArray(Hex(test, "okm")));
  return Verdict::kAccepted;
}

TEST(WycheproofTest, HkdfSha256) {
  RunFile("hkdf_sha256_test.json", {.accepted = 83, .refused = 3}, CheckHkdfSha256);
}

// Half of the cases carry the first 16 bytes of a tag; Verify refuses those for their length, so
// they are compared with the tag that we compute.
Verdict CheckHmacSha256(const JsonValue&, const JsonValue& test) {
  const SecretBytes key = SecretHex(test, "key");
  const Bytes message = Hex(test, "msg");
  const Bytes tag = Hex(test, "tag");
  const bool verified = crypto::hmac_sha256::Verify(key, message, tag).ok();
  EXPECT_EQ(verified, SaysValid(test) && tag.size() == crypto::hmac_sha256::kTagBytes);
  const SecretBytes computed = crypto::hmac_sha256::Mac(key, message);
  const bool same =
      tag.size() <= computed.size() && BytesEqual(computed.Expose().first(tag.size()), tag);
  EXPECT_EQ(same, SaysValid(test));
  return same ? Verdict::kAccepted : Verdict::kRefused;
}

TEST(WycheproofTest, HmacSha256) {
  RunFile("hmac_sha256_test.json", {.accepted = 66, .refused = 108}, CheckHmacSha256);
}

Verdict CheckEd25519(const JsonValue& group, const JsonValue& test) {
  const Result<const JsonValue*> key = group.Member("publicKey");
  EXPECT_THAT(key, IsOk());
  if (!key.ok()) return Verdict::kRefused;
  const auto public_key = FixedBytes<crypto::ed25519::kPublicKeyBytes>(Hex(**key, "pk"));
  EXPECT_THAT(public_key, IsOk());
  if (!public_key.ok()) return Verdict::kRefused;
  const Status verified = crypto::ed25519::Verify(*public_key, Hex(test, "msg"), Hex(test, "sig"));
  EXPECT_EQ(verified.ok(), SaysValid(test));
  return verified.ok() ? Verdict::kAccepted : Verdict::kRefused;
}

TEST(WycheproofTest, Ed25519) {
  RunFile("ed25519_test.json", {.accepted = 88, .refused = 63}, CheckEd25519);
}

}  // namespace
}  // namespace baya
