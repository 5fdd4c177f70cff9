#include "crypto/hmac_sha256.h"

#include <gtest/gtest.h>

#include <string>

#include "base/testing/status_matchers.h"
#include "crypto/testing/hex.h"

namespace baya::crypto::hmac_sha256 {
namespace {

using ::baya::testing::StatusIs;
using testing::ToHex;

SecretBytes Key(const std::string& text) { return SecretBytes::CopyOf(AsBytes(text)); }

TEST(HmacSha256Test, ValuesOfRfc4231) {
  // §4.2
  EXPECT_EQ(ToHex(Mac(Key(std::string(20, 0x0b)), AsBytes("Hi There")).Expose()),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  // §4.3, a key shorter than the tag
  EXPECT_EQ(ToHex(Mac(Key("Jefe"), AsBytes("what do ya want for nothing?")).Expose()),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // §4.7, a key longer than a block
  EXPECT_EQ(ToHex(Mac(Key(std::string(131, '\xaa')),
                      AsBytes("Test Using Larger Than Block-Size Key - Hash Key First"))
                      .Expose()),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256Test, VerifiesTheTagOfTheSameKeyAndMessage) {
  const SecretBytes key = Key("key");
  const SecretBytes tag = Mac(key, AsBytes("message"));
  BAYA_EXPECT_OK(Verify(key, AsBytes("message"), tag.Expose()));
  EXPECT_THAT(Verify(Key("kez"), AsBytes("message"), tag.Expose()),
              StatusIs(StatusCode::kDataLoss));
  EXPECT_THAT(Verify(key, AsBytes("messagf"), tag.Expose()), StatusIs(StatusCode::kDataLoss));
}

TEST(HmacSha256Test, RefusesEveryFlippedBitOfATag) {
  const SecretBytes key = Key("key");
  Bytes tag = ToBytes(Mac(key, AsBytes("message")).Expose());
  for (size_t bit = 0; bit < tag.size() * 8; ++bit) {
    tag[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    EXPECT_THAT(Verify(key, AsBytes("message"), tag), StatusIs(StatusCode::kDataLoss)) << bit;
    tag[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
  }
}

TEST(HmacSha256Test, RefusesATagOfAnotherLength) {
  const SecretBytes key = Key("key");
  Bytes tag = ToBytes(Mac(key, AsBytes("message")).Expose());
  for (size_t size = 0; size < tag.size(); ++size) {
    EXPECT_THAT(Verify(key, AsBytes("message"), ByteView(tag).first(size)),
                StatusIs(StatusCode::kDataLoss));
  }
  tag.push_back(0);
  EXPECT_THAT(Verify(key, AsBytes("message"), tag), StatusIs(StatusCode::kDataLoss));
}

}  // namespace
}  // namespace baya::crypto::hmac_sha256
