#include "profile/profile_data.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/testing/status_matchers.h"
#include "codec/hex.h"
#include "profile/limits.h"
#include "profile/testing/samples.h"

namespace baya::profile {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using testing::kNowMs;
using ::testing::Not;
using testing::ProductEvent;
using testing::RandomEvents;

ProfileData Sample(uint64_t seed, size_t count) {
  ProfileData data;
  RandomEvents random(seed);
  data.events = random.Take(count);
  std::sort(data.events.begin(), data.events.end(), EventBefore);
  data.horizon = {5, "h-1"};
  data.usage[static_cast<size_t>(Family::kViewed)] = kNowMs;
  return data;
}

ProfileData Small() {
  ProfileData data;
  data.horizon = {5, "h"};
  data.usage[static_cast<size_t>(Family::kViewed)] = 7;
  data.events = {ProductEvent(EventKind::kProductViewed, "m", 9, "a")};
  return data;
}

TEST(SnapshotTest, HasTheBytesOfTheDocument) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, EncodeSnapshot(Small()));
  EXPECT_EQ(codec::EncodeHex(bytes),
            "01"
            "0000000000000005"
            "01"
            "68"
            "0009"
            "0c"
            "0000000000000007"
            "0000001d"
            "001b"
            "01"
            "04"
            "01"
            "0000000000000009"
            "01"
            "6d"
            "000c"
            "02"
            "0009"
            "01"
            "61"
            "00000001"
            "00"
            "00"
            "00");
  EXPECT_THAT(DecodeSnapshot(bytes), IsOkAndHolds(Small()));
}

TEST(SnapshotTest, EveryTruncationIsRefused) {
  Bytes bytes = EncodeSnapshot(Sample(1, 12)).value();
  for (size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_THAT(DecodeSnapshot(ByteView(bytes).first(size)), Not(IsOk())) << size;
  }
  bytes.push_back(0);
  EXPECT_THAT(DecodeSnapshot(bytes), StatusIs(StatusCode::kInvalidArgument));
}

TEST(SnapshotTest, FlippedBitsAreRefusedOrOtherData) {
  const Bytes bytes = EncodeSnapshot(Sample(2, 6)).value();
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] = static_cast<uint8_t>(flipped[bit / 8] ^ (1u << (bit % 8)));
    const Result<ProfileData> data = DecodeSnapshot(flipped);
    if (data.ok()) {
      ASSERT_THAT(EncodeSnapshot(*data), IsOkAndHolds(flipped)) << bit;
    }
  }
}

TEST(SnapshotTest, RefusesWhatIsNoProfile) {
  ProfileData data = Sample(3, 5);
  std::swap(data.events[0], data.events[4]);
  EXPECT_THAT(EncodeSnapshot(data), StatusIs(StatusCode::kInvalidArgument));
  data = Sample(3, 5);
  data.events[1].message_id = data.events[0].message_id;
  data.events[1].time_ms = data.events[0].time_ms + 1;
  EXPECT_THAT(EncodeSnapshot(data), StatusIs(StatusCode::kInvalidArgument));
  data = Sample(3, 5);
  data.horizon = {5, ""};
  EXPECT_THAT(EncodeSnapshot(data), StatusIs(StatusCode::kInvalidArgument));
  data = {};
  data.events = {testing::CorrectionEvent(CorrectionAction::kSet, "c", 1, "orders", "5")};
  EXPECT_THAT(EncodeSnapshot(data), StatusIs(StatusCode::kInvalidArgument));
}

TEST(SnapshotTest, ALaterVersionIsToldApart) {
  Bytes bytes = EncodeSnapshot(Small()).value();
  bytes[0] = 2;
  EXPECT_THAT(DecodeSnapshot(bytes), StatusIs(StatusCode::kUnimplemented));
}

}  // namespace
}  // namespace baya::profile
