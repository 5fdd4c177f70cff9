#include "vault/key_table.h"

#include <gtest/gtest.h>

#include <string>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"
#include "vault/limits.h"

namespace baya::vault {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

TEST(PurposeTest, IsAShortPlainTag) {
  EXPECT_TRUE(IsValidPurpose("store"));
  EXPECT_TRUE(IsValidPurpose("partner:Acme_1.eu-2"));
  EXPECT_TRUE(IsValidPurpose(std::string(kMaxPurposeBytes, 'a')));
  EXPECT_FALSE(IsValidPurpose(""));
  EXPECT_FALSE(IsValidPurpose("1store"));
  EXPECT_FALSE(IsValidPurpose(":store"));
  EXPECT_FALSE(IsValidPurpose("a b"));
  EXPECT_FALSE(IsValidPurpose("a\xc3\xa9"));
  EXPECT_FALSE(IsValidPurpose(std::string_view("a\0b", 3)));
  EXPECT_FALSE(IsValidPurpose(std::string(kMaxPurposeBytes + 1, 'a')));
}

TEST(WeekTest, BeginsOnMondayInUtc) {
  constexpr int64_t kDay = 86'400'000;
  EXPECT_EQ(WeekOf(0), 0u);
  EXPECT_EQ(WeekOf(4 * kDay - 1), 0u);                              // Sunday 1970-01-04
  EXPECT_EQ(WeekOf(4 * kDay), 1u);                                  // Monday 1970-01-05
  EXPECT_EQ(WeekOf(1'700'438'399'999), WeekOf(1'699'833'600'000));  // 2023-11-13 to 11-19
  EXPECT_EQ(WeekOf(1'700'438'400'000), WeekOf(1'699'833'600'000) + 1);
  EXPECT_EQ(WeekOf(-1), 0u);
  EXPECT_EQ(WeekOf(INT64_MIN), 0u);
  EXPECT_EQ(WeekOf(INT64_MAX), UINT32_MAX);
}

KeyTable TwoKeys() {
  baya::testing::TestHost host;
  KeyTable table;
  table.generation = 9;
  table.Add(host, "store", 5);
  table.Add(host, "measure", 6);
  return table;
}

TEST(KeyTableTest, ReadsBackWhatWasWritten) {
  const KeyTable table = TwoKeys();
  BAYA_ASSERT_OK_AND_ASSIGN(const KeyTable again, DecodeKeyTable(EncodeKeyTable(table).content()));
  EXPECT_EQ(again.generation, 9u);
  EXPECT_EQ(again.next_key_id, 3u);
  ASSERT_EQ(again.keys.size(), 2u);
  EXPECT_EQ(again.keys[1].purpose, "measure");
  EXPECT_EQ(again.keys[1].week, 6u);
  EXPECT_TRUE(ConstantTimeEqual(again.keys[1].key.Expose(), table.keys[1].key.Expose()));
  EXPECT_FALSE(ConstantTimeEqual(again.keys[0].key.Expose(), again.keys[1].key.Expose()));
  EXPECT_EQ(again.Find(2)->id, 2u);
  EXPECT_EQ(again.Find(3), nullptr);
  EXPECT_EQ(again.Find("store", 5)->id, 1u);
  EXPECT_EQ(again.Find("store", 6), nullptr);
}

TEST(KeyTableTest, OfTwoKeysForAWeekTheNewerIsUsed) {
  baya::testing::TestHost host;
  KeyTable table = TwoKeys();
  table.Add(host, "store", 5);
  EXPECT_EQ(table.Find("store", 5)->id, 3u);
}

TEST(KeyTableTest, EveryTruncationAndOneByteMoreIsRefused) {
  Bytes content = ToBytes(EncodeKeyTable(TwoKeys()).content());
  for (size_t length = 0; length < content.size(); ++length) {
    EXPECT_THAT(DecodeKeyTable(ByteView(content).first(length)),
                StatusIs(StatusCode::kInvalidArgument));
  }
  content.push_back(0);
  EXPECT_THAT(DecodeKeyTable(content), StatusIs(StatusCode::kInvalidArgument));
}

TEST(KeyTableTest, RefusesKeysOutOfOrderAndBadPurposes) {
  const Bytes good = ToBytes(EncodeKeyTable(TwoKeys()).content());
  Bytes order = good;
  order[14 + 3] = 2;  // the first key's id
  EXPECT_THAT(DecodeKeyTable(order), StatusIs(StatusCode::kInvalidArgument));
  order[14 + 3] = 0;
  EXPECT_THAT(DecodeKeyTable(order), StatusIs(StatusCode::kInvalidArgument));
  Bytes next = good;
  next[11] = 2;  // next_key_id is in use
  EXPECT_THAT(DecodeKeyTable(next), StatusIs(StatusCode::kInvalidArgument));
  Bytes purpose = good;
  purpose[14 + 5] = '!';
  EXPECT_THAT(DecodeKeyTable(purpose), StatusIs(StatusCode::kInvalidArgument));
  Bytes count = good;
  count[12] = 0xff;
  EXPECT_THAT(DecodeKeyTable(count), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::vault
