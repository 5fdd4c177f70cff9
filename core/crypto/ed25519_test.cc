#include "crypto/ed25519.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "crypto/fixed_bytes.h"
#include "crypto/testing/hex.h"

namespace baya::crypto::ed25519 {
namespace {

using ::baya::testing::StatusIs;
using testing::FromHex;

// RFC 8032 §7.1, test 2.
constexpr const char* kPublicKey =
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
constexpr const char* kMessage = "72";
constexpr const char* kSignature =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
// The order of the base point (RFC 8032 §5.1), little-endian.
constexpr const char* kOrder = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

PublicKey PublicFromHex(const char* text) { return *FixedBytes<kPublicKeyBytes>(FromHex(text)); }

TEST(Ed25519VerifyTest, AcceptsTheValueOfRfc8032) {
  BAYA_EXPECT_OK(Verify(PublicFromHex(kPublicKey), FromHex(kMessage), FromHex(kSignature)));
}

TEST(Ed25519VerifyTest, RefusesEveryFlippedBitOfTheSignature) {
  Bytes signature = FromHex(kSignature);
  for (size_t bit = 0; bit < signature.size() * 8; ++bit) {
    signature[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    EXPECT_THAT(Verify(PublicFromHex(kPublicKey), FromHex(kMessage), signature),
                StatusIs(StatusCode::kDataLoss))
        << bit;
    signature[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
  }
}

TEST(Ed25519VerifyTest, RefusesEveryFlippedBitOfThePublicKey) {
  PublicKey key = PublicFromHex(kPublicKey);
  for (size_t bit = 0; bit < key.size() * 8; ++bit) {
    key[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    EXPECT_THAT(Verify(key, FromHex(kMessage), FromHex(kSignature)),
                StatusIs(StatusCode::kDataLoss))
        << bit;
    key[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
  }
}

TEST(Ed25519VerifyTest, RefusesAnotherMessage) {
  for (const char* message : {"", "73", "7200", "0072"}) {
    EXPECT_THAT(Verify(PublicFromHex(kPublicKey), FromHex(message), FromHex(kSignature)),
                StatusIs(StatusCode::kDataLoss));
  }
}

TEST(Ed25519VerifyTest, RefusesASignatureOfAnotherLength) {
  Bytes signature = FromHex(kSignature);
  for (size_t size = 0; size < signature.size(); ++size) {
    EXPECT_THAT(
        Verify(PublicFromHex(kPublicKey), FromHex(kMessage), ByteView(signature).first(size)),
        StatusIs(StatusCode::kDataLoss));
  }
  signature.push_back(0);
  EXPECT_THAT(Verify(PublicFromHex(kPublicKey), FromHex(kMessage), signature),
              StatusIs(StatusCode::kDataLoss));
}

// S + L verifies as well where S is not checked to be reduced: two signatures for one message.
TEST(Ed25519VerifyTest, RefusesASignatureWhoseSIsNotReduced) {
  Bytes signature = FromHex(kSignature);
  const Bytes order = FromHex(kOrder);
  unsigned carry = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    carry += static_cast<unsigned>(signature[32 + i]) + order[i];
    signature[32 + i] = static_cast<uint8_t>(carry & 0xff);
    carry >>= 8;
  }
  ASSERT_EQ(carry, 0u);
  EXPECT_THAT(Verify(PublicFromHex(kPublicKey), FromHex(kMessage), signature),
              StatusIs(StatusCode::kDataLoss));
}

// With the neutral element as key and as R, and S = 0, the equation holds for every message.
TEST(Ed25519VerifyTest, RefusesAKeyOfSmallOrder) {
  const char* neutral = "0100000000000000000000000000000000000000000000000000000000000000";
  Bytes signature = FromHex(neutral);
  signature.resize(kSignatureBytes);
  EXPECT_THAT(Verify(PublicFromHex(neutral), AsBytes("anything"), signature),
              StatusIs(StatusCode::kDataLoss));
}

}  // namespace
}  // namespace baya::crypto::ed25519
