#include "crypto/ed25519_signing.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "crypto/testing/hex.h"

namespace baya::crypto::ed25519 {
namespace {

using ::baya::testing::StatusIs;
using testing::FromHex;
using testing::SecretFromHex;
using testing::ToHex;

struct Case {
  const char* seed;
  const char* public_key;
  const char* message;
  const char* signature;
};

// RFC 8032 §7.1, tests 1 to 3.
constexpr Case kCases[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
     "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
     "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
};

TEST(Ed25519SigningTest, ValuesOfRfc8032) {
  for (const Case& c : kCases) {
    BAYA_ASSERT_OK_AND_ASSIGN(PublicKey public_key, PublicKeyOf(SecretFromHex(c.seed)));
    EXPECT_EQ(ToHex(public_key), c.public_key);
    BAYA_ASSERT_OK_AND_ASSIGN(Signature signature, Sign(SecretFromHex(c.seed), FromHex(c.message)));
    EXPECT_EQ(ToHex(signature), c.signature);
    BAYA_EXPECT_OK(Verify(public_key, FromHex(c.message), signature));
  }
}

TEST(Ed25519SigningTest, RefusesASeedOfAnotherSize) {
  for (size_t size : {0u, 31u, 33u, 64u}) {
    EXPECT_THAT(PublicKeyOf(SecretBytes(size)), StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(Sign(SecretBytes(size), AsBytes("message")),
                StatusIs(StatusCode::kInvalidArgument));
  }
}

}  // namespace
}  // namespace baya::crypto::ed25519
