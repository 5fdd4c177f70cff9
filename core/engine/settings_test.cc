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
  bytes[0] = 2;
  EXPECT_THAT(DecodeSettings(bytes), StatusIs(StatusCode::kUnimplemented));
}

TEST(SettingsTest, TrustComesBackFromItsFloor) {
  const crypto::ed25519::PublicKey pinned{9};
  EXPECT_EQ(FloorOf(TrustFrom(Full().floor, pinned)), Full().floor);
  EXPECT_EQ(TrustFrom(Full().floor, pinned).pinned_key, pinned);
}

}  // namespace
}  // namespace baya::engine
