#include "engine/settings.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"

namespace baya::engine {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::Eq;

Settings Full() {
  Settings settings;
  settings.paused = true;
  settings.floor.site = "shop.example";
  settings.floor.highest_version = 7;
  settings.floor.current = crypto::Sha256Digest{1, 2, 3};
  settings.floor.next_key = crypto::ed25519::PublicKey{4, 5, 6};
  settings.time = {1'795'354'620'000, 2'110'887'420'000};
  return settings;
}

TEST(SettingsTest, ReadBackAsWritten) {
  for (const Settings& settings : {Settings(), Full()}) {
    BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, EncodeSettings(settings));
    EXPECT_THAT(DecodeSettings(bytes), IsOkAndHolds(Eq(settings)));
  }
}

TEST(SettingsTest, RefusesEveryTruncationAndWhatIsLeftOver) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes bytes, EncodeSettings(Full()));
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeSettings(ByteView(bytes).first(size)), StatusIs(StatusCode::kInvalidArgument))
        << size;
  }
  bytes.push_back(0);
  EXPECT_THAT(DecodeSettings(bytes), StatusIs(StatusCode::kInvalidArgument));
  bytes.pop_back();
  bytes[1] = 2;
  EXPECT_THAT(DecodeSettings(bytes), StatusIs(StatusCode::kInvalidArgument));
  for (const int version : {0, 3}) {
    bytes[0] = static_cast<uint8_t>(version);
    EXPECT_THAT(DecodeSettings(bytes), StatusIs(StatusCode::kUnimplemented));
  }
}

TEST(SettingsTest, RefusesATimeThatNoClockTells) {
  for (const size_t from_end : {size_t{8}, size_t{16}}) {
    BAYA_ASSERT_OK_AND_ASSIGN(Bytes bytes, EncodeSettings(Full()));
    bytes[bytes.size() - from_end] = 0x80;
    EXPECT_THAT(DecodeSettings(bytes), StatusIs(StatusCode::kInvalidArgument));
  }
}

// As the first version wrote it: without the two times.
TEST(SettingsTest, ReadsTheVersionBefore) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes bytes, EncodeSettings(Full()));
  bytes.resize(bytes.size() - 16);
  bytes[0] = 1;
  Settings expected = Full();
  expected.time = {};
  EXPECT_THAT(DecodeSettings(bytes), IsOkAndHolds(Eq(expected)));
}

TEST(SettingsTest, TrustComesBackFromItsFloor) {
  const crypto::ed25519::PublicKey pinned{9};
  EXPECT_EQ(FloorOf(TrustFrom(Full().floor, pinned)), Full().floor);
  EXPECT_EQ(TrustFrom(Full().floor, pinned).pinned_key, pinned);
}

}  // namespace
}  // namespace baya::engine
