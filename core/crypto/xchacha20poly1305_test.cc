#include "crypto/xchacha20poly1305.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "crypto/fixed_bytes.h"
#include "crypto/testing/hex.h"

namespace baya::crypto::xchacha20poly1305 {
namespace {

using ::baya::testing::StatusIs;
using testing::FromHex;
using testing::SecretFromHex;
using testing::ToHex;

static_assert(kKeyBytes == 32 && kNonceBytes == 24 && kTagBytes == 16);
static_assert(kMaxPlaintextBytes == 274'877'906'880);  // RFC 8439 §2.8

// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
constexpr const char* kKey = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
constexpr const char* kNonce = "404142434445464748494a4b4c4d4e4f5051525354555657";
constexpr const char* kAssociatedData = "50515253c0c1c2c3c4c5c6c7";
constexpr const char* kPlaintext =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    "sunscreen would be it.";
constexpr const char* kCiphertext =
    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
    "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
    "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
    "21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49";

Nonce TestNonce() { return *FixedBytes<kNonceBytes>(FromHex(kNonce)); }

Status OpenWith(const char* key, NonceView nonce, ByteView associated_data, ByteView ciphertext) {
  return Open(SecretFromHex(key), nonce, associated_data, ciphertext).status();
}

TEST(XChaCha20Poly1305Test, PublishedValue) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes sealed, Seal(SecretFromHex(kKey), TestNonce(),
                                               FromHex(kAssociatedData), AsBytes(kPlaintext)));
  EXPECT_EQ(ToHex(sealed), kCiphertext);
  BAYA_ASSERT_OK_AND_ASSIGN(
      SecretBytes opened, Open(SecretFromHex(kKey), TestNonce(), FromHex(kAssociatedData), sealed));
  EXPECT_EQ(AsText(opened.Expose()), kPlaintext);
}

TEST(XChaCha20Poly1305Test, EmptyPlaintextIsATagThatIsChecked) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes sealed, Seal(SecretFromHex(kKey), TestNonce(), {}, {}));
  ASSERT_EQ(sealed.size(), kTagBytes);
  BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes opened, Open(SecretFromHex(kKey), TestNonce(), {}, sealed));
  EXPECT_TRUE(opened.empty());
  sealed[0] ^= 1;
  EXPECT_THAT(OpenWith(kKey, TestNonce(), {}, sealed), StatusIs(StatusCode::kDataLoss));
}

TEST(XChaCha20Poly1305Test, SizesAroundAStreamBlockRoundTrip) {
  for (size_t size : {1u, 15u, 16u, 17u, 63u, 64u, 65u, 255u, 1000u}) {
    const Bytes plaintext(size, 0x5a);
    BAYA_ASSERT_OK_AND_ASSIGN(Bytes sealed, Seal(SecretFromHex(kKey), TestNonce(), {}, plaintext));
    ASSERT_EQ(sealed.size(), size + kTagBytes);
    BAYA_ASSERT_OK_AND_ASSIGN(SecretBytes opened,
                              Open(SecretFromHex(kKey), TestNonce(), {}, sealed));
    EXPECT_TRUE(BytesEqual(opened.Expose(), plaintext)) << size;
  }
}

TEST(XChaCha20Poly1305Test, RefusesEveryFlippedBitOfCiphertextAndTag) {
  Bytes sealed = FromHex(kCiphertext);
  const Bytes associated_data = FromHex(kAssociatedData);
  for (size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    sealed[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    EXPECT_THAT(OpenWith(kKey, TestNonce(), associated_data, sealed),
                StatusIs(StatusCode::kDataLoss))
        << bit;
    sealed[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
  }
  BAYA_EXPECT_OK(OpenWith(kKey, TestNonce(), associated_data, sealed));
}

TEST(XChaCha20Poly1305Test, RefusesEveryFlippedBitOfTheNonce) {
  const Bytes sealed = FromHex(kCiphertext);
  Nonce nonce = TestNonce();
  for (size_t bit = 0; bit < nonce.size() * 8; ++bit) {
    nonce[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    EXPECT_THAT(OpenWith(kKey, nonce, FromHex(kAssociatedData), sealed),
                StatusIs(StatusCode::kDataLoss))
        << bit;
    nonce[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
  }
}

TEST(XChaCha20Poly1305Test, RefusesEveryFlippedBitOfTheKey) {
  const Bytes sealed = FromHex(kCiphertext);
  SecretBytes key = SecretFromHex(kKey);
  for (size_t bit = 0; bit < key.size() * 8; ++bit) {
    key.ExposeMutable()[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    EXPECT_THAT(Open(key, TestNonce(), FromHex(kAssociatedData), sealed),
                StatusIs(StatusCode::kDataLoss))
        << bit;
    key.ExposeMutable()[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
  }
}

TEST(XChaCha20Poly1305Test, RefusesOtherAssociatedData) {
  const Bytes sealed = FromHex(kCiphertext);
  Bytes associated_data = FromHex(kAssociatedData);
  for (size_t bit = 0; bit < associated_data.size() * 8; ++bit) {
    associated_data[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    EXPECT_THAT(OpenWith(kKey, TestNonce(), associated_data, sealed),
                StatusIs(StatusCode::kDataLoss))
        << bit;
    associated_data[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
  }
  associated_data.push_back(0);
  EXPECT_THAT(OpenWith(kKey, TestNonce(), associated_data, sealed),
              StatusIs(StatusCode::kDataLoss));
  EXPECT_THAT(OpenWith(kKey, TestNonce(), {}, sealed), StatusIs(StatusCode::kDataLoss));
}

TEST(XChaCha20Poly1305Test, RefusesEveryOtherLength) {
  Bytes sealed = FromHex(kCiphertext);
  const Bytes associated_data = FromHex(kAssociatedData);
  for (size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_THAT(OpenWith(kKey, TestNonce(), associated_data, ByteView(sealed).first(size)),
                StatusIs(StatusCode::kDataLoss))
        << size;
  }
  sealed.push_back(0);
  EXPECT_THAT(OpenWith(kKey, TestNonce(), associated_data, sealed),
              StatusIs(StatusCode::kDataLoss));
}

TEST(XChaCha20Poly1305Test, RefusesAKeyOfAnotherSize) {
  for (size_t size : {0u, 16u, 31u, 33u, 64u}) {
    EXPECT_THAT(Seal(SecretBytes(size), TestNonce(), {}, {}),
                StatusIs(StatusCode::kInvalidArgument));
    EXPECT_THAT(Open(SecretBytes(size), TestNonce(), {}, Bytes(kTagBytes)),
                StatusIs(StatusCode::kInvalidArgument));
  }
}

}  // namespace
}  // namespace baya::crypto::xchacha20poly1305
