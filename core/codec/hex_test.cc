#include "codec/hex.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"

namespace baya::codec {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Eq;

TEST(HexTest, EveryByteComesBack) {
  Bytes bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<uint8_t>(i));
  const std::string text = EncodeHex(bytes);
  EXPECT_EQ(text.substr(0, 6), "000102");
  EXPECT_EQ(text.substr(506), "fdfeff");
  EXPECT_THAT(DecodeHex(text), IsOkAndHolds(Eq(bytes)));
}

TEST(HexTest, ReadsEitherCase) {
  EXPECT_THAT(DecodeHex("aBFf"), IsOkAndHolds(ElementsAre(0xAB, 0xFF)));
  EXPECT_THAT(DecodeHex(""), IsOkAndHolds(ElementsAre()));
}

TEST(HexTest, RefusesWhatIsNotHex) {
  for (const char* text :
       {"0", "abc", "0g", "g0", "/0", ":0", "@0", "`0", "0x00", " 00 ", "\xC3\xA9"}) {
    EXPECT_THAT(DecodeHex(text), StatusIs(StatusCode::kInvalidArgument)) << text;
  }
}

}  // namespace
}  // namespace baya::codec
