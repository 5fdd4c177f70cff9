#include "crypto/hpke.h"

#include <gtest/gtest.h>

#include <array>

#include "base/testing/status_matchers.h"
#include "crypto/fixed_bytes.h"
#include "crypto/testing/hex.h"

namespace baya::crypto::hpke {
namespace {

using ::baya::testing::StatusIs;
using testing::FromHex;
using testing::SecretFromHex;
using testing::ToHex;

// RFC 9180 A.2.1, the first encryption.
constexpr const char* kInfo = "4f6465206f6e2061204772656369616e2055726e";
constexpr const char* kEphemeral =
    "f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600";
constexpr const char* kRecipientPublic =
    "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a";
constexpr const char* kRecipient =
    "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb";
constexpr const char* kEnc = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a";
constexpr const char* kPlaintext = "4265617574792069732074727574682c20747275746820626561757479";
constexpr const char* kAad = "436f756e742d30";
constexpr const char* kCiphertext =
    "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";

x25519::PublicKey PublicFromHex(const char* text) {
  return *FixedBytes<kPublicKeyBytes>(FromHex(text));
}

TEST(HpkeTest, SealBaseOfRfc9180) {
  BAYA_ASSERT_OK_AND_ASSIGN(Sealed sealed,
                            SealBase(PublicFromHex(kRecipientPublic), FromHex(kInfo), FromHex(kAad),
                                     FromHex(kPlaintext), SecretFromHex(kEphemeral)));
  EXPECT_EQ(ToHex(sealed.enc), kEnc);
  EXPECT_EQ(ToHex(sealed.ciphertext), kCiphertext);
}

TEST(HpkeTest, OpenBaseOfRfc9180) {
  BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes plaintext,
                            OpenBase(PublicFromHex(kEnc), SecretFromHex(kRecipient), FromHex(kInfo),
                                     FromHex(kAad), FromHex(kCiphertext)));
  EXPECT_EQ(ToHex(plaintext.Expose()), kPlaintext);
}

TEST(HpkeTest, AnEmptyMessageIsATag) {
  const SecretBytes recipient = SecretFromHex(kRecipient);
  BAYA_ASSERT_OK_AND_ASSIGN(Sealed sealed, SealBase(PublicFromHex(kRecipientPublic), {}, {}, {},
                                                    SecretFromHex(kEphemeral)));
  EXPECT_EQ(sealed.ciphertext.size(), kTagBytes);
  BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes plaintext,
                            OpenBase(sealed.enc, recipient, {}, {}, sealed.ciphertext));
  EXPECT_TRUE(plaintext.empty());
}

TEST(HpkeTest, NothingOpensThatDiffersInABit) {
  const SecretBytes recipient = SecretFromHex(kRecipient);
  const x25519::PublicKey enc = PublicFromHex(kEnc);
  const Bytes parts[] = {ToBytes(enc), FromHex(kInfo), FromHex(kAad), FromHex(kCiphertext)};
  for (size_t part = 0; part < std::size(parts); ++part) {
    for (size_t bit = 0; bit < parts[part].size() * 8; ++bit) {
      // X25519 ignores the highest bit of a public key, and the key schedule does not.
      std::array<Bytes, 4> changed = {parts[0], parts[1], parts[2], parts[3]};
      changed[part][bit / 8] ^= static_cast<uint8_t>(1 << (bit % 8));
      EXPECT_THAT(OpenBase(*FixedBytes<kEncBytes>(changed[0]), recipient, changed[1], changed[2],
                           changed[3]),
                  StatusIs(StatusCode::kDataLoss))
          << "part " << part << ", bit " << bit;
    }
  }
}

TEST(HpkeTest, NothingOpensThatIsCutOrContinued) {
  const SecretBytes recipient = SecretFromHex(kRecipient);
  const x25519::PublicKey enc = PublicFromHex(kEnc);
  Bytes ciphertext = FromHex(kCiphertext);
  ciphertext.push_back(0);
  EXPECT_THAT(OpenBase(enc, recipient, FromHex(kInfo), FromHex(kAad), ciphertext),
              StatusIs(StatusCode::kDataLoss));
  ciphertext.pop_back();
  while (!ciphertext.empty()) {
    ciphertext.pop_back();
    EXPECT_THAT(OpenBase(enc, recipient, FromHex(kInfo), FromHex(kAad), ciphertext),
                StatusIs(StatusCode::kDataLoss));
  }
}

TEST(HpkeTest, AnotherRecipientCannotOpen) {
  EXPECT_THAT(OpenBase(PublicFromHex(kEnc), SecretFromHex(kEphemeral), FromHex(kInfo),
                       FromHex(kAad), FromHex(kCiphertext)),
              StatusIs(StatusCode::kDataLoss));
}

TEST(HpkeTest, KeysThatCannotBeUsedAreRefused) {
  const x25519::PublicKey zero = {};
  EXPECT_THAT(SealBase(zero, {}, {}, {}, SecretFromHex(kEphemeral)),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(OpenBase(zero, SecretFromHex(kRecipient), {}, {}, FromHex(kCiphertext)),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(SealBase(PublicFromHex(kRecipientPublic), {}, {}, {}, SecretBytes(31)),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(OpenBase(PublicFromHex(kEnc), SecretBytes(33), {}, {}, FromHex(kCiphertext)),
              StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::crypto::hpke
