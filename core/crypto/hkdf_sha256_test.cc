#include "crypto/hkdf_sha256.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "crypto/testing/hex.h"

namespace baya::crypto::hkdf_sha256 {
namespace {

using ::baya::testing::StatusIs;
using testing::FromHex;
using testing::SecretFromHex;
using testing::ToHex;

struct Case {
  const char* ikm;
  const char* salt;
  const char* info;
  const char* prk;
  const char* okm;
};

// RFC 5869, appendices A.1 to A.3.
constexpr Case kCases[] = {
    {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c",
     "f0f1f2f3f4f5f6f7f8f9", "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
     "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
    {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2"
     "e"
     "2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f",
     "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8"
     "e"
     "8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
     "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcddd"
     "e"
     "dfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
     "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
     "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590"
     "e"
     "09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
    {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
     "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
     "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
};

TEST(HkdfSha256Test, ValuesOfRfc5869) {
  for (const Case& c : kCases) {
    const Bytes okm = FromHex(c.okm);
    const SecretBytes prk = Extract(FromHex(c.salt), SecretFromHex(c.ikm));
    EXPECT_EQ(ToHex(prk.Expose()), c.prk);
    BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes expanded, Expand(prk, FromHex(c.info), okm.size()));
    EXPECT_EQ(ToHex(expanded.Expose()), c.okm);
    BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes derived, Derive(FromHex(c.salt), SecretFromHex(c.ikm),
                                                          FromHex(c.info), okm.size()));
    EXPECT_EQ(ToHex(derived.Expose()), c.okm);
  }
}

TEST(HkdfSha256Test, ShorterOutputsArePrefixesOfTheLongest) {
  const SecretBytes prk(kPrkBytes);
  BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes longest, Expand(prk, AsBytes("use"), kMaxOutputBytes));
  ASSERT_EQ(longest.size(), 8160u);
  for (size_t length : {0u, 1u, 31u, 32u, 33u, 63u, 64u, 65u, 8159u}) {
    BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes okm, Expand(prk, AsBytes("use"), length));
    EXPECT_TRUE(BytesEqual(okm.Expose(), longest.Expose().first(length))) << length;
  }
}

TEST(HkdfSha256Test, RefusesMoreThan255Blocks) {
  EXPECT_THAT(Expand(SecretBytes(kPrkBytes), {}, kMaxOutputBytes + 1),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Derive({}, SecretBytes(kPrkBytes), {}, kMaxOutputBytes + 1),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST(HkdfSha256Test, RefusesAPseudorandomKeyShorterThanAHash) {
  EXPECT_THAT(Expand(SecretBytes(kPrkBytes - 1), {}, 32), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Expand(SecretBytes(), {}, 32), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::crypto::hkdf_sha256
