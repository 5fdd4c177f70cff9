#include "vault/vault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <vector>

#include "vault/testing/vault_fixture.h"

namespace baya::vault {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::OneSecret;
using testing::SecretOf;
using testing::Texts;
using testing::VaultFixture;

class VaultTest : public VaultFixture {};

TEST_F(VaultTest, NothingIsStoredBeforeTheFirstBatch) {
  const Vault vault = Created();
  EXPECT_THAT(storage_.Blobs(), IsEmpty());
  EXPECT_EQ(vault.generation(), 0u);
}

TEST_F(VaultTest, ReadsBackWhatWasWritten) {
  Vault vault = Created();
  Append(vault, "store", "one", 7);
  Append(vault, "personalize", "two");
  Append(vault, "store", "");
  ASSERT_TRUE(FlushAll(vault));
  Append(vault, "store", "four");
  ASSERT_TRUE(FlushAll(vault));

  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  EXPECT_THAT(Texts(again, "store"), ElementsAre("one", "", "four"));
  EXPECT_THAT(Texts(again, "personalize"), ElementsAre("two"));
  EXPECT_THAT(Texts(again, "store", 1), ElementsAre("", "four"));
  EXPECT_THAT(again.Purposes(), ElementsAre("personalize", "store"));
  EXPECT_EQ(again.Records("store")[0].kind, 7);
  EXPECT_EQ(again.Records("store")[2].sequence, 4u);
  EXPECT_EQ(again.report().records, 4u);
  EXPECT_THAT(again.report().damage, IsEmpty());
  EXPECT_THAT(again.report().gaps, IsEmpty());
  EXPECT_EQ(again.next_sequence(), 5u);
}

TEST_F(VaultTest, AHealthyVaultIsNotWrittenOnOpening) {
  Vault vault = Created();
  Append(vault, "store", "one");
  ASSERT_TRUE(FlushAll(vault));
  BAYA_ASSERT_OK_AND_ASSIGN(Vault again, Opened());
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, again.Flush());
  EXPECT_FALSE(batch.has_value());
}

TEST_F(VaultTest, WhatIsNotConfirmedIsNotDurable) {
  Vault vault = Created();
  BAYA_ASSERT_OK_AND_ASSIGN(const uint64_t sequence, vault.Append("store", 1, AsBytes("one")));
  EXPECT_EQ(vault.durable_end(), sequence);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
  EXPECT_EQ(vault.durable_end(), sequence);
  EXPECT_THAT(Texts(vault, "store"), ElementsAre("one"));
  Append(vault, "store", "two");
  BAYA_EXPECT_OK(vault.Confirm(batch->id));
  EXPECT_EQ(vault.durable_end(), sequence + 1);
  EXPECT_EQ(vault.next_sequence(), sequence + 2);
}

TEST_F(VaultTest, OneBatchIsInFlightAtATime) {
  Vault vault = Created();
  Append(vault, "store", "one");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto first, vault.Flush());
  ASSERT_TRUE(first.has_value());
  Append(vault, "store", "two");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto none, vault.Flush());
  EXPECT_FALSE(none.has_value());
  BAYA_ASSERT_OK(storage_.Apply(*first));
  BAYA_ASSERT_OK(vault.Confirm(first->id));
  ASSERT_TRUE(FlushAll(vault));
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  EXPECT_THAT(Texts(again, "store"), ElementsAre("one", "two"));
}

TEST_F(VaultTest, ConfirmAndFailWantTheBatchInFlight) {
  Vault vault = Created();
  EXPECT_THAT(vault.Confirm(1), StatusIs(StatusCode::kInvalidArgument));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
  EXPECT_THAT(vault.Confirm(batch->id + 1), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(vault.Fail(batch->id + 1, StatusCode::kUnavailable),
              StatusIs(StatusCode::kInvalidArgument));
  BAYA_EXPECT_OK(vault.Confirm(batch->id));
  EXPECT_THAT(vault.Confirm(batch->id), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(VaultTest, AFailedBatchIsOfferedAgainAndHealthSaysWhy) {
  Vault vault = Created();
  Append(vault, "store", "one");
  for (const StatusCode code : {StatusCode::kUnavailable, StatusCode::kResourceExhausted}) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
    BAYA_ASSERT_OK(vault.Fail(batch->id, code));
    EXPECT_THAT(vault.health(), StatusIs(code));
    EXPECT_THAT(Texts(vault, "store"), ElementsAre("one"));
    EXPECT_EQ(vault.durable_end(), 1u);
  }
  ASSERT_TRUE(FlushAll(vault));
  BAYA_EXPECT_OK(vault.health());
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  EXPECT_THAT(Texts(again, "store"), ElementsAre("one"));
}

TEST_F(VaultTest, AFullStorageStopsAppendsOnlyWhenMemoryIsFullToo) {
  Vault vault = Created();
  const Bytes payload(kMaxRecordBytes, 'x');
  size_t taken = 0;
  Status status;
  for (; status.ok() && taken < 1000; ++taken) {
    status = vault.Append("store", 1, payload).ok()
                 ? OkStatus()
                 : kError<StatusCode::kResourceExhausted, "full">;
    if (taken % 16 == 0) {
      BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
      ASSERT_TRUE(batch.has_value());
      BAYA_ASSERT_OK(vault.Fail(batch->id, StatusCode::kResourceExhausted));
    }
  }
  EXPECT_EQ(taken - 1, kMaxUnsavedBytes / (kMaxRecordBytes + kRecordHeaderBytes));
  EXPECT_THAT(vault.Append("store", 1, payload), StatusIs(StatusCode::kResourceExhausted));
  EXPECT_EQ(vault.Records("store").size(), taken - 1);
  ASSERT_TRUE(FlushAll(vault));
  BAYA_EXPECT_OK(vault.Append("store", 1, payload));
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  EXPECT_EQ(again.Records("store").size(), taken - 1);
}

TEST_F(VaultTest, RefusesWhatItCannotHold) {
  Vault vault = Created();
  EXPECT_THAT(vault.Append("", 1, {}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(vault.Append("9", 1, {}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(vault.Append("a b", 1, {}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(vault.Append("store", 1, Bytes(kMaxRecordBytes + 1)),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(vault.PutSnapshot("store", 1, 0, Bytes(kMaxSnapshotBytes + 1)),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(vault.PutSnapshot("", 1, 0, {}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(vault.DestroyPurpose("!"), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(vault.DestroyWeeks("store", 2, 1), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Vault::Create(host_, SecretBytes(31)), StatusIs(StatusCode::kInvalidArgument));
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_THAT(vault.OfferSlotSecret(SecretBytes()), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(vault.epoch(), 1u);
}

TEST_F(VaultTest, SnapshotsReplaceEachOtherByPurposeAndKind) {
  Vault vault = Created();
  Append(vault, "store", "one");
  BAYA_ASSERT_OK(vault.PutSnapshot("personalize", 1, 1, AsBytes("old")));
  BAYA_ASSERT_OK(vault.PutSnapshot("personalize", 2, 1, AsBytes("other")));
  ASSERT_TRUE(FlushAll(vault));
  NextWeek();
  BAYA_ASSERT_OK(vault.PutSnapshot("personalize", 1, 2, Bytes(300'000, 'n')));
  ASSERT_TRUE(FlushAll(vault));
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  const auto snapshot = again.FindSnapshot("personalize", 1);
  ASSERT_TRUE(snapshot.has_value());
  EXPECT_EQ(snapshot->through_sequence, 2u);
  EXPECT_EQ(snapshot->bytes.size(), 300'000u);
  EXPECT_EQ(AsText(again.FindSnapshot("personalize", 2)->bytes), "other");
  EXPECT_FALSE(again.FindSnapshot("store", 1).has_value());
  EXPECT_FALSE(again.FindSnapshot("personalize", 3).has_value());
}

TEST_F(VaultTest, OpeningNamesWhatIsWrong) {
  EXPECT_THAT(Opened(), StatusIs(StatusCode::kNotFound));
  Vault vault = Created();
  Append(vault, "store", "one");
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_THAT(Opened(2), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(Vault::Open(host_, storage_.Blobs(), {}), StatusIs(StatusCode::kPermissionDenied));
  std::vector<Blob> twice = storage_.Blobs();
  twice.push_back(twice.front());
  EXPECT_THAT(Vault::Open(host_, twice, OneSecret(1)), StatusIs(StatusCode::kInvalidArgument));
  auto without_slots = storage_;
  without_slots.map().erase("slots0");
  without_slots.map().erase("slots1");
  EXPECT_THAT(Vault::Open(host_, without_slots.Blobs(), OneSecret(1)),
              StatusIs(StatusCode::kDataLoss));
  auto without_keys = storage_;
  without_keys.map().erase("keys0");
  without_keys.map().erase("keys1");
  EXPECT_THAT(Vault::Open(host_, without_keys.Blobs(), OneSecret(1)),
              StatusIs(StatusCode::kDataLoss));
}

TEST_F(VaultTest, ForeignBlobsAreCountedAndLeft) {
  Vault vault = Created();
  Append(vault, "store", "one");
  ASSERT_TRUE(FlushAll(vault));
  storage_.Put("something", Bytes{1, 2, 3});
  storage_.Put("c0123456789ABCDEF", Bytes{1});  // not lower case
  BAYA_ASSERT_OK_AND_ASSIGN(Vault again, Opened());
  EXPECT_EQ(again.report().foreign_blobs, 2u);
  Append(again, "store", "two");
  ASSERT_TRUE(FlushAll(again));
  EXPECT_EQ(storage_.map().count("something"), 1u);
}

TEST_F(VaultTest, ASecondWriterIsFencedOff) {
  Vault vault = Created();
  Append(vault, "store", "one");
  ASSERT_TRUE(FlushAll(vault));
  BAYA_ASSERT_OK_AND_ASSIGN(Vault other, Opened());
  Append(other, "store", "two");
  ASSERT_TRUE(FlushAll(other));

  Append(vault, "store", "three");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
  ASSERT_THAT(storage_.Apply(*batch), StatusIs(StatusCode::kAborted));
  BAYA_ASSERT_OK(vault.Fail(batch->id, StatusCode::kAborted));
  EXPECT_THAT(vault.health(), StatusIs(StatusCode::kAborted));
  EXPECT_THAT(vault.Flush(), StatusIs(StatusCode::kAborted));
  EXPECT_THAT(Texts(vault, "store"), ElementsAre("one", "three"));
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  EXPECT_THAT(Texts(again, "store"), ElementsAre("one", "two"));
}

TEST_F(VaultTest, TwoTabsCannotBothCreate) {
  Vault first = Created();
  Vault second = Created(2);
  ASSERT_TRUE(FlushAll(first));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, second.Flush());
  EXPECT_THAT(storage_.Apply(*batch), StatusIs(StatusCode::kAborted));
}

TEST_F(VaultTest, StorageWipedWhileRunningIsNoticed) {
  Vault vault = Created();
  Append(vault, "store", "one");
  ASSERT_TRUE(FlushAll(vault));
  storage_.map().clear();
  Append(vault, "store", "two");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
  EXPECT_THAT(storage_.Apply(*batch), StatusIs(StatusCode::kAborted));
}

TEST_F(VaultTest, EraseAllDeletesEveryBlobAndEndsTheVault) {
  Vault vault = Created();
  for (int i = 0; i < 20; ++i) {
    Append(vault, "store", "record");
    ASSERT_TRUE(FlushAll(vault));
  }
  vault.EraseAll();
  EXPECT_TRUE(vault.destruction_pending());
  EXPECT_THAT(Texts(vault, "store"), IsEmpty());
  BAYA_ASSERT_OK_AND_ASSIGN(const auto failed, vault.Flush());
  BAYA_ASSERT_OK(vault.Fail(failed->id, StatusCode::kUnavailable));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
  EXPECT_TRUE(batch->rotates);
  EXPECT_EQ(batch->epoch, 0u);
  BAYA_ASSERT_OK(storage_.Apply(*batch));
  BAYA_ASSERT_OK(vault.Confirm(batch->id));
  EXPECT_THAT(storage_.Blobs(), IsEmpty());
  EXPECT_FALSE(vault.destruction_pending());
  EXPECT_THAT(vault.Append("store", 1, {}), StatusIs(StatusCode::kFailedPrecondition));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto none, vault.Flush());
  EXPECT_FALSE(none.has_value());
}

TEST_F(VaultTest, AClockThatGoesBackLosesNothing) {
  Vault vault = Created();
  Append(vault, "store", "now");
  host_.SetNowMs(-5);
  Append(vault, "store", "before the first week");
  host_.SetNowMs(INT64_MAX);
  Append(vault, "store", "far");
  ASSERT_TRUE(FlushAll(vault));
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  EXPECT_THAT(Texts(again, "store"), ElementsAre("now", "before the first week", "far"));
}

TEST_F(VaultTest, ManyBurstsLeaveFewChunks) {
  Vault vault = Created();
  std::vector<std::string> expected;
  for (int i = 0; i < 3000; ++i) {
    if (i % 1000 == 999) NextWeek();
    expected.push_back("event " + std::to_string(i) + std::string(180, 'e'));
    Append(vault, "store", expected.back());
    ASSERT_TRUE(FlushAll(vault));
  }
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened());
  EXPECT_EQ(Texts(again, "store"), expected);
  EXPECT_LE(storage_.map().size(), 6u + 4 * (2 + 1) + 3 * 7 + 7);
  std::printf("3,000 bursts of one: %zu blobs, %zu bytes, %d batches\n", storage_.map().size(),
              storage_.TotalBytes(), batches_);
}

}  // namespace
}  // namespace baya::vault
