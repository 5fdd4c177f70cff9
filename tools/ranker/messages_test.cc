#include "ranker/messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace baya::tools {
namespace {

using ::testing::ElementsAre;

RankCall Call() {
  RankCall call;
  call.forget = true;
  call.heard = {{.interaction = {.item = 7,
                                 .kind = recommend::InteractionKind::kOrdered,
                                 .time_ms = -5,
                                 .weight_permille = 300},
                 .now_ms = 1'700'000'000'000}};
  call.request = {.k = 20, .bought = recommend::Bought::kShow, .adult = true, .region = 3};
  call.exclude = {1, 70'000};
  call.now_ms = 1'700'000'000'001;
  return call;
}

TEST(MessagesTest, ACallReadsBackAsItWas) {
  const auto read = DecodeRankCall(EncodeRankCall(Call()));
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read->forget);
  ASSERT_EQ(read->heard.size(), 1u);
  EXPECT_EQ(read->heard[0].interaction.item, 7u);
  EXPECT_EQ(read->heard[0].interaction.kind, recommend::InteractionKind::kOrdered);
  EXPECT_EQ(read->heard[0].interaction.time_ms, -5);
  EXPECT_EQ(read->heard[0].interaction.weight_permille, 300);
  EXPECT_EQ(read->heard[0].now_ms, 1'700'000'000'000);
  EXPECT_EQ(read->request.k, 20u);
  EXPECT_EQ(read->request.bought, recommend::Bought::kShow);
  EXPECT_TRUE(read->request.adult);
  EXPECT_FALSE(read->request.varied);
  EXPECT_EQ(read->request.region, 3);
  EXPECT_EQ(read->request.asked, std::nullopt);
  EXPECT_THAT(read->exclude, ElementsAre(1u, 70'000u));
  EXPECT_EQ(read->now_ms, 1'700'000'000'001);
}

TEST(MessagesTest, AShelfReadsBackAsItWas) {
  const std::vector<recommend::RankedItem> shelf = {
      {.item = 3, .score = -1, .variety = -2, .promoted = 5}, {.item = 9, .score = INT64_MAX}};
  const auto read = DecodeShelf(EncodeShelf(shelf));
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].item, 3u);
  EXPECT_EQ((*read)[0].score, -1);
  EXPECT_EQ((*read)[0].variety, -2);
  EXPECT_EQ((*read)[0].promoted, 5);
  EXPECT_EQ((*read)[1].score, INT64_MAX);
}

TEST(MessagesTest, WhatIsCutOffOrLeftOverIsRefused) {
  Bytes call = EncodeRankCall(Call());
  for (size_t size = 0; size < call.size(); ++size) {
    EXPECT_FALSE(DecodeRankCall(ByteView(call).first(size)).ok()) << size;
  }
  call.push_back(0);
  EXPECT_FALSE(DecodeRankCall(call).ok());
  const Bytes shelf = EncodeShelf({{.item = 3, .score = 4}});
  for (size_t size = 1; size < shelf.size(); ++size) {
    EXPECT_FALSE(DecodeShelf(ByteView(shelf).first(size)).ok()) << size;
  }
}

TEST(MessagesTest, KindsThatAreNoneAreRefused) {
  for (const int kind : {0, 8, 255}) {
    RankCall call = Call();
    call.heard[0].interaction.kind = static_cast<recommend::InteractionKind>(kind);
    EXPECT_FALSE(DecodeRankCall(EncodeRankCall(call)).ok());
  }
  RankCall call = Call();
  call.request.bought = static_cast<recommend::Bought>(3);
  EXPECT_FALSE(DecodeRankCall(EncodeRankCall(call)).ok());
}

// They would be read as other attributes: the numbers of those have 16 bits.
TEST(MessagesTest, NumbersThatNoAttributeHasAreRefused) {
  const Bytes call = EncodeRankCall({});
  constexpr size_t kRegion = 1 + 4 + 4 + 1 + 1 + 1;
  for (const size_t at : {kRegion, kRegion + 4}) {
    Bytes changed = call;
    changed[at + 3] = 0xfd;
    EXPECT_FALSE(DecodeRankCall(changed).ok()) << at;
  }
}

TEST(MessagesTest, FlagsOtherThanZeroAndOneAreRefused) {
  const Bytes call = EncodeRankCall({});
  for (const size_t at : {size_t{0}, size_t{10}, size_t{11}}) {
    Bytes changed = call;
    changed[at] = 1;
    EXPECT_TRUE(DecodeRankCall(changed).ok()) << at;
    changed[at] = 2;
    EXPECT_FALSE(DecodeRankCall(changed).ok()) << at;
  }
}

}  // namespace
}  // namespace baya::tools
