#include "vault/head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "vault/limits.h"

namespace baya::vault {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;

Head Example() {
  Head head;
  head.generation = 12;
  head.epoch = 2;
  head.next_sequence = 99;
  head.keys_generation = 11;
  head.rotation_owed = true;
  head.chunks = {{0x0123456789abcdef, 4, ChunkType::kLog, 10, 20, 15},
                 {5, 6, ChunkType::kSnapshot, 30, 0, 0}};
  head.gaps = {{1, 9, 7, GapReason::kDestroyed}, {40, 41, 2, GapReason::kDamaged}};
  return head;
}

TEST(HeadTest, ReadsBackWhatWasWritten) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Head head, DecodeHead(EncodeHead(Example()).content()));
  EXPECT_EQ(head.generation, 12u);
  EXPECT_EQ(head.epoch, 2u);
  EXPECT_EQ(head.next_sequence, 99u);
  EXPECT_EQ(head.keys_generation, 11u);
  EXPECT_TRUE(head.rotation_owed);
  EXPECT_EQ(head.chunks, Example().chunks);
  EXPECT_EQ(head.gaps, Example().gaps);
}

TEST(HeadTest, EveryTruncationAndOneByteMoreIsRefused) {
  Bytes content = ToBytes(EncodeHead(Example()).content());
  for (size_t length = 0; length < content.size(); ++length) {
    EXPECT_THAT(DecodeHead(ByteView(content).first(length)),
                StatusIs(StatusCode::kInvalidArgument));
  }
  content.push_back(0);
  EXPECT_THAT(DecodeHead(content), StatusIs(StatusCode::kInvalidArgument));
}

TEST(HeadTest, RefusesUnknownFlagsTypesReasonsAndEmptyGaps) {
  constexpr size_t kFlags = 28;
  constexpr size_t kFirstType = 29 + 4 + 12;
  const Bytes good = ToBytes(EncodeHead(Example()).content());
  Bytes bad = good;
  bad[kFlags] = 2;
  EXPECT_THAT(DecodeHead(bad), StatusIs(StatusCode::kInvalidArgument));
  bad = good;
  bad[kFirstType] = 3;
  EXPECT_THAT(DecodeHead(bad), StatusIs(StatusCode::kInvalidArgument));
  bad = good;
  bad.back() = 3;
  EXPECT_THAT(DecodeHead(bad), StatusIs(StatusCode::kInvalidArgument));
  bad = good;
  bad[good.size() - 6] = 1;  // the last gap ends before it begins
  EXPECT_THAT(DecodeHead(bad), StatusIs(StatusCode::kInvalidArgument));
}

TEST(GapTest, TouchingGapsOfOneReasonBecomeOne) {
  std::vector<Gap> gaps;
  AddGap(gaps, {10, 12, 3, GapReason::kDestroyed});
  AddGap(gaps, {1, 2, 2, GapReason::kDestroyed});
  AddGap(gaps, {11, 11, 1, GapReason::kDamaged});
  AddGap(gaps, {20, 20, 1, GapReason::kDestroyed});
  EXPECT_THAT(
      gaps,
      ElementsAre(Gap{1, 2, 2, GapReason::kDestroyed}, Gap{10, 12, 3, GapReason::kDestroyed},
                  Gap{11, 11, 1, GapReason::kDamaged}, Gap{20, 20, 1, GapReason::kDestroyed}));
  AddGap(gaps, {3, 9, 4, GapReason::kDestroyed});
  EXPECT_THAT(gaps,
              ElementsAre(Gap{1, 12, 9, GapReason::kDestroyed}, Gap{11, 11, 1, GapReason::kDamaged},
                          Gap{20, 20, 1, GapReason::kDestroyed}));
}

TEST(GapTest, TheListStaysBoundedAndTheCountExact) {
  std::vector<Gap> gaps;
  const uint64_t added = 3 * kMaxGaps;
  for (uint64_t i = 0; i < added; ++i) {
    AddGap(gaps, {i * 10, i * 10, 1, i % 2 == 0 ? GapReason::kDestroyed : GapReason::kDamaged});
  }
  EXPECT_EQ(gaps.size(), kMaxGaps);
  uint64_t records[3] = {};
  for (const Gap& gap : gaps) records[static_cast<size_t>(gap.reason)] += gap.records;
  EXPECT_EQ(records[1], added / 2);
  EXPECT_EQ(records[2], added / 2);
}

}  // namespace
}  // namespace baya::vault
