#include "codec/base64url.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"

namespace baya::codec {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::Eq;

struct Pair {
  std::string_view bytes;
  std::string_view text;
};

// RFC 4648 §10, without the padding.
constexpr Pair kRfc4648[] = {
    {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
    {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};

TEST(Base64UrlTest, AgreesWithTheRfc) {
  for (const Pair& pair : kRfc4648) {
    EXPECT_EQ(EncodeBase64Url(AsBytes(pair.bytes)), pair.text);
    EXPECT_THAT(DecodeBase64Url(pair.text), IsOkAndHolds(Eq(ToBytes(AsBytes(pair.bytes)))));
  }
}

TEST(Base64UrlTest, UsesTheUrlSafeAlphabet) {
  EXPECT_EQ(EncodeBase64Url(Bytes{0xFB, 0xEF, 0xFF}), "--__");
  EXPECT_THAT(DecodeBase64Url("--__"), IsOkAndHolds(Eq(Bytes{0xFB, 0xEF, 0xFF})));
}

TEST(Base64UrlTest, EveryLengthComesBack) {
  Bytes bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_THAT(DecodeBase64Url(EncodeBase64Url(bytes)), IsOkAndHolds(Eq(bytes)));
    bytes.push_back(static_cast<uint8_t>(i * 37 + 11));
  }
}

TEST(Base64UrlTest, RefusesEveryOtherSpelling) {
  for (const char* text : {"Z", "Zg==", "Zg=", "Zm9vY", "Zh", "Zm9", "++//", "Zm 9v", "Zm9v\n"}) {
    EXPECT_THAT(DecodeBase64Url(text), StatusIs(StatusCode::kInvalidArgument)) << text;
  }
}

}  // namespace
}  // namespace baya::codec
