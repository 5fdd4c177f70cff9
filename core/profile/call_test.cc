#include "profile/call.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/testing/status_matchers.h"
#include "codec/hex.h"
#include "profile/limits.h"
#include "profile/testing/samples.h"

namespace baya::profile {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::Not;

Call Viewed() {
  Call call;
  call.verb = Verb::kTrack;
  call.source = EventSource::kPage;
  call.message_id = "m-1";
  call.time_ms = 0x0102030405;
  call.sent_ms = 0x0102030406;
  call.name = "Product Viewed";
  call.properties =
      Value::Object({{"product_id", Value::Text("71053")},
                     {"price", Value::Number(3.39)},
                     {"tags", Value::Array({Value::Bool(true), Value::Bool(false), Value()})}});
  return call;
}

TEST(CallTest, HasTheBytesOfTheDocument) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, EncodeCall(Viewed()));
  EXPECT_EQ(codec::EncodeHex(bytes),
            "01"
            "01"
            "01"
            "03"
            "6d2d31"
            "0000000102030405"
            "0000000102030406"
            "0e"
            "50726f6475637420566965776564"
            "06"
            "002d"
            "0a"
            "70726f647563745f6964"
            "04"
            "0005"
            "3731303533"
            "05"
            "7072696365"
            "03"
            "400b1eb851eb851f"
            "04"
            "74616773"
            "05"
            "0003"
            "02"
            "01"
            "00");
}

TEST(CallTest, ReadsBackWhatWasWritten) {
  const Bytes bytes = EncodeCall(Viewed()).value();
  BAYA_ASSERT_OK_AND_ASSIGN(const Call call, DecodeCall(bytes));
  EXPECT_EQ(call.verb, Verb::kTrack);
  EXPECT_EQ(call.name, "Product Viewed");
  EXPECT_EQ(call.message_id, "m-1");
  EXPECT_EQ(call.sent_ms - call.time_ms, 1);
  ASSERT_EQ(call.properties.members.size(), 3u);
  EXPECT_EQ(call.properties.members[1].value.number, 3.39);
  EXPECT_THAT(EncodeCall(call), IsOkAndHolds(bytes));
}

TEST(CallTest, EveryTruncationIsRefused) {
  Bytes bytes = EncodeCall(Viewed()).value();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodeCall(ByteView(bytes).first(size)), Not(IsOk())) << size;
  }
  bytes.push_back(0);
  EXPECT_THAT(DecodeCall(bytes), StatusIs(StatusCode::kInvalidArgument));
}

TEST(CallTest, FlippedBitsAreRefusedOrAnotherCall) {
  const Bytes bytes = EncodeCall(Viewed()).value();
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] = static_cast<uint8_t>(flipped[bit / 8] ^ (1u << (bit % 8)));
    const Result<Call> call = DecodeCall(flipped);
    if (call.ok()) {
      EXPECT_THAT(EncodeCall(*call), IsOkAndHolds(flipped)) << bit;
    }
  }
}

TEST(CallTest, RandomBytesAreRefusedOrRoundTrip) {
  testing::RandomEvents random(5);
  const Bytes valid = EncodeCall(Viewed()).value();
  for (int i = 0; i < 20'000; ++i) {
    Bytes bytes = valid;
    for (uint64_t j = 0, changes = 1 + random.Below(6); j < changes; ++j) {
      bytes[random.Below(bytes.size())] = static_cast<uint8_t>(random.Below(256));
    }
    const Result<Call> call = DecodeCall(bytes);
    if (call.ok()) {
      ASSERT_THAT(EncodeCall(*call), IsOkAndHolds(bytes));
    }
  }
}

TEST(CallTest, AMegabyteIsTooLarge) {
  Call call = Viewed();
  const std::string megabyte(1'000'000, 'x');
  call.properties.members[0].value.text = megabyte;
  EXPECT_THAT(EncodeCall(call), StatusIs(StatusCode::kResourceExhausted));
  EXPECT_THAT(DecodeCall(Bytes(1'000'000)), StatusIs(StatusCode::kResourceExhausted));
  EXPECT_THAT(DecodeCall(Bytes(kMaxCallBytes + 1)), StatusIs(StatusCode::kResourceExhausted));
}

TEST(CallTest, NestingIsBounded) {
  Call call = Viewed();
  Value value = Value::Text("x");
  for (size_t depth = 2; depth < kMaxCallDepth; ++depth) value = Value::Array({value});
  call.properties = Value::Object({{"a", value}});
  EXPECT_THAT(EncodeCall(call), IsOk());
  call.properties = Value::Object({{"a", Value::Array({value})}});
  EXPECT_THAT(EncodeCall(call), StatusIs(StatusCode::kInvalidArgument));
}

TEST(CallTest, TenThousandArraysInOneAnotherEndEarly) {
  Call call = Viewed();
  call.properties = Value::Object({{"a", Value()}});
  Bytes bytes = EncodeCall(call).value();
  bytes.pop_back();  // the null
  // From the inside out: the last array is empty.
  Bytes arrays;
  for (size_t i = 0; i < 10'000; ++i) {
    const size_t size = 3 * (10'000 - 1 - i);
    arrays.insert(arrays.end(), {5, static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size)});
  }
  const size_t properties = bytes.size() - 4;  // type, length, name
  const size_t length = 2 + arrays.size();
  bytes[properties] = static_cast<uint8_t>(length >> 8);
  bytes[properties + 1] = static_cast<uint8_t>(length);
  bytes.insert(bytes.end(), arrays.begin(), arrays.end());
  ASSERT_LT(bytes.size(), kMaxCallBytes);
  EXPECT_THAT(DecodeCall(bytes), StatusIs(StatusCode::kInvalidArgument));
}

TEST(CallTest, AnObjectHasEachNameOnceAndAtMost64) {
  Call call = Viewed();
  call.properties = Value::Object({{"a", Value()}, {"a", Value()}});
  EXPECT_THAT(EncodeCall(call), StatusIs(StatusCode::kInvalidArgument));
  std::vector<std::string> names;
  for (size_t i = 0; i <= kMaxMembersPerObject; ++i) names.push_back(std::to_string(i));
  call.properties = Value::Object({});
  for (const std::string& name : names) call.properties.members.push_back({name, Value()});
  EXPECT_THAT(EncodeCall(call), StatusIs(StatusCode::kInvalidArgument));
  call.properties.members.pop_back();
  EXPECT_THAT(EncodeCall(call), IsOk());
}

TEST(CallTest, RefusesWhatIsNoValue) {
  Call call = Viewed();
  for (const double number : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    call.properties = Value::Object({{"a", Value::Number(number)}});
    EXPECT_THAT(EncodeCall(call), StatusIs(StatusCode::kInvalidArgument));
  }
  call.properties = Value::Object({{"a", Value::Text("\xc0\x80")}});
  EXPECT_THAT(EncodeCall(call), StatusIs(StatusCode::kInvalidArgument));
  call.properties = Value::Object({{"\xff", Value()}});
  EXPECT_THAT(EncodeCall(call), StatusIs(StatusCode::kInvalidArgument));
  call.properties = Value::Text("not an object");
  EXPECT_THAT(EncodeCall(call), StatusIs(StatusCode::kInvalidArgument));
  call = Viewed();
  call.time_ms = int64_t{1} << 53;
  EXPECT_THAT(EncodeCall(call), StatusIs(StatusCode::kInvalidArgument));
  call = Viewed();
  call.verb = static_cast<Verb>(5);
  EXPECT_THAT(EncodeCall(call), StatusIs(StatusCode::kInvalidArgument));
}

TEST(CallTest, ALaterVersionIsToldApart) {
  Bytes bytes = EncodeCall(Viewed()).value();
  bytes[0] = 2;
  EXPECT_THAT(DecodeCall(bytes), StatusIs(StatusCode::kUnimplemented));
}

}  // namespace
}  // namespace baya::profile
