#include "crypto/x25519.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "crypto/fixed_bytes.h"
#include "crypto/testing/hex.h"

namespace baya::crypto::x25519 {
namespace {

using ::baya::testing::StatusIs;
using testing::FromHex;
using testing::SecretFromHex;
using testing::ToHex;

PublicKey PublicFromHex(const char* text) { return *FixedBytes<kPublicKeyBytes>(FromHex(text)); }

constexpr const char* kAlicePrivate =
    "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
constexpr const char* kBobPrivate =
    "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";

// RFC 7748 §5.2.
TEST(X25519Test, ScalarMultiplicationOfRfc7748) {
  BAYA_ASSERT_OK_AND_ASSIGN(
      SecretBytes first,
      SharedSecret(
          SecretFromHex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
          PublicFromHex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")));
  EXPECT_EQ(ToHex(first.Expose()),
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
  BAYA_ASSERT_OK_AND_ASSIGN(
      SecretBytes second,
      SharedSecret(
          SecretFromHex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
          PublicFromHex("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")));
  EXPECT_EQ(ToHex(second.Expose()),
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
}

// RFC 7748 §5.2: k, u = X25519(k, u), k, a thousand times.
TEST(X25519Test, AThousandIterationsOfRfc7748) {
  PublicKey u = {9};
  SecretBytes k = SecretBytes::CopyOf(u);
  for (int i = 0; i < 1000; ++i) {
    BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes next, SharedSecret(k, u));
    BAYA_ASSERT_OK_AND_ASSIGN(u, FixedBytes<kPublicKeyBytes>(k.Expose()));
    k = std::move(next);
  }
  EXPECT_EQ(ToHex(k.Expose()), "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

// RFC 7748 §6.1.
TEST(X25519Test, DiffieHellmanOfRfc7748) {
  const SecretBytes alice = SecretFromHex(kAlicePrivate);
  const SecretBytes bob = SecretFromHex(kBobPrivate);
  BAYA_ASSERT_OK_AND_ASSIGN(PublicKey alice_public, PublicKeyOf(alice));
  EXPECT_EQ(ToHex(alice_public),
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  BAYA_ASSERT_OK_AND_ASSIGN(PublicKey bob_public, PublicKeyOf(bob));
  EXPECT_EQ(ToHex(bob_public), "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes from_alice, SharedSecret(alice, bob_public));
  BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes from_bob, SharedSecret(bob, alice_public));
  EXPECT_EQ(ToHex(from_alice.Expose()),
            "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
  EXPECT_TRUE(ConstantTimeEqual(from_alice.Expose(), from_bob.Expose()));
}

TEST(X25519Test, RefusesPublicKeysOfSmallOrder) {
  for (const char* point : {"0000000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000000",
                            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    EXPECT_THAT(SharedSecret(SecretFromHex(kAlicePrivate), PublicFromHex(point)),
                StatusIs(StatusCode::kInvalidArgument))
        << point;
  }
}

TEST(X25519Test, RefusesAPrivateKeyOfAnotherSize) {
  for (size_t size : {0u, 31u, 33u, 64u}) {
    EXPECT_THAT(PublicKeyOf(SecretBytes(size)), StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(SharedSecret(SecretBytes(size), PublicKey{9}),
                StatusIs(StatusCode::kInvalidArgument));
  }
}

// RFC 7748 §5: the three lowest bits and the highest of a scalar are set for the caller.
TEST(X25519Test, EveryPrivateKeyIsUsable) {
  BAYA_ASSERT_OK_AND_ASSIGN(PublicKey zeros, PublicKeyOf(SecretBytes(kPrivateKeyBytes)));
  SecretBytes low_bits(kPrivateKeyBytes);
  low_bits.ExposeMutable()[0] = 7;
  BAYA_ASSERT_OK_AND_ASSIGN(PublicKey same, PublicKeyOf(low_bits));
  EXPECT_EQ(zeros, same);
}

}  // namespace
}  // namespace baya::crypto::x25519
