#include "vdaf/prio3_client.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "base/testing/status_matchers.h"
#include "vdaf/prio3_types.h"
#include "vdaf/testing/random.h"

namespace baya::vdaf {
namespace {

using ::baya::testing::StatusIs;

const ByteView kClientCtx = AsBytes("a context");

// A client makes, from the same randomness, the very shares that the whole type makes.
void ExpectSameShares(const Prio3Client& client, const Prio3& whole, uint64_t measurement) {
  testing::Random random(measurement + 1);
  ASSERT_EQ(client.RandSize(), whole.RandSize());
  const Bytes nonce = random.RandomBytes(Prio3::kNonceSize);
  const Bytes rand = random.RandomBytes(whole.RandSize());
  BAYA_ASSERT_OK_AND_ASSIGN(const Prio3Report ours,
                            client.Shard(kClientCtx, {&measurement, 1}, nonce, rand));
  BAYA_ASSERT_OK_AND_ASSIGN(const Prio3Report theirs,
                            whole.Shard(kClientCtx, {&measurement, 1}, nonce, rand));
  EXPECT_EQ(ours.public_share, theirs.public_share);
  ASSERT_EQ(ours.input_shares.size(), client.Shares());
  ASSERT_EQ(ours.input_shares.size(), theirs.input_shares.size());
  for (size_t i = 0; i < ours.input_shares.size(); ++i) {
    EXPECT_TRUE(BytesEqual(ours.input_shares[i].Expose(), theirs.input_shares[i].Expose()));
    EXPECT_EQ(ours.input_shares[i].size(), client.InputShareSize(i));
  }
}

TEST(Prio3ClientTest, HistogramSharesAreThoseOfTheWholeType) {
  BAYA_ASSERT_OK_AND_ASSIGN(const auto client, MakeHistogramClient(2, 11, 4));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto whole,
                            MakePrio3("Prio3Histogram", 2, std::vector<uint64_t>{11, 4}));
  for (uint64_t bucket = 0; bucket < 11; ++bucket) ExpectSameShares(*client, *whole, bucket);
}

TEST(Prio3ClientTest, CountSharesAreThoseOfTheWholeType) {
  BAYA_ASSERT_OK_AND_ASSIGN(const auto client, MakeCountClient(3));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto whole, MakePrio3("Prio3Count", 3, {}));
  for (uint64_t bit = 0; bit < 2; ++bit) ExpectSameShares(*client, *whole, bit);
}

TEST(Prio3ClientTest, WhatIsOutOfRangeIsRefused) {
  EXPECT_THAT(MakeHistogramClient(1, 4, 2), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeHistogramClient(256, 4, 2), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeHistogramClient(2, 0, 2), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeHistogramClient(2, 4, 0), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeCountClient(0), StatusIs(StatusCode::kInvalidArgument));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto client, MakeHistogramClient(2, 4, 2));
  const uint64_t bucket = 4;
  EXPECT_THAT(client->Shard(kClientCtx, {&bucket, 1}, Bytes(16), Bytes(client->RandSize())),
              StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::vdaf
