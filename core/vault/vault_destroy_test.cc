// Destruction seen from outside: every blob that was ever written is kept, and tried with every
// secret that is left.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "vault/key_table.h"
#include "vault/testing/forensics.h"
#include "vault/testing/vault_fixture.h"

namespace baya::vault {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::Forensics;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using testing::OneSecret;
using testing::SecretOf;
using testing::Texts;
using testing::VaultFixture;

class VaultDestroyTest : public VaultFixture {
 protected:
  // Two purposes over three weeks, in many bursts, so that chunks were also merged.
  Vault Filled() {
    Vault vault = Created(1);
    for (int week = 0; week < 3; ++week) {
      for (int i = 0; i < 12; ++i) {
        const std::string number = std::to_string(week) + "." + std::to_string(i);
        Append(vault, "store", "store " + number);
        if (i % 3 == 0) Append(vault, "measure", "measure " + number);
        EXPECT_TRUE(FlushAll(vault));
      }
      BAYA_EXPECT_OK(vault.PutSnapshot("measure", 1, vault.next_sequence() - 1,
                                       AsBytes("measure snapshot " + std::to_string(week))));
      EXPECT_TRUE(FlushAll(vault));
      NextWeek();
    }
    return vault;
  }

  std::set<std::string> TextsThatOpenWith(uint8_t secret) const {
    return Forensics(storage_.history(), OneSecret(secret)).texts();
  }

  static bool AnyContains(const std::set<std::string>& texts, std::string_view part) {
    return std::any_of(texts.begin(), texts.end(), [part](const std::string& text) {
      return text.find(part) != std::string::npos;
    });
  }
};

TEST_F(VaultDestroyTest, ADestroyedPurposeOpensWithTheSavedSecretOnly) {
  Vault vault = Filled();
  EXPECT_FALSE(vault.wants_slot_secret());
  BAYA_ASSERT_OK(vault.DestroyPurpose("measure"));
  EXPECT_THAT(Texts(vault, "measure"), IsEmpty());
  EXPECT_FALSE(vault.FindSnapshot("measure", 1).has_value());
  EXPECT_TRUE(vault.destruction_pending());
  ASSERT_TRUE(vault.wants_slot_secret());
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(2)));
  EXPECT_FALSE(vault.wants_slot_secret());
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
  EXPECT_TRUE(batch->rotates);
  EXPECT_EQ(batch->epoch, 2u);
  BAYA_ASSERT_OK(storage_.Apply(*batch));
  BAYA_ASSERT_OK(vault.Confirm(batch->id));
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_FALSE(vault.destruction_pending());

  // Everything that was ever on disk, with the one secret that is left.
  const std::set<std::string> left = TextsThatOpenWith(2);
  EXPECT_FALSE(AnyContains(left, "measure"));
  EXPECT_EQ(left.size(), 36u);  // and every record of the other purpose
  // Control: the same bytes with the secret saved before.
  const std::set<std::string> saved = TextsThatOpenWith(1);
  EXPECT_TRUE(saved.count("measure 0.0") == 1 && saved.count("measure snapshot 2") == 1);
  EXPECT_EQ(saved.size(), 36u + 12 + 3);

  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened(2));
  EXPECT_THAT(again.Purposes(), ElementsAre("store"));
  EXPECT_EQ(Texts(again, "store").size(), 36u);
  EXPECT_THAT(again.report().damage, IsEmpty());
  EXPECT_EQ(again.report().lost_records, 0u);
  uint32_t destroyed = 0;
  for (const Gap& gap : again.gaps()) {
    EXPECT_EQ(gap.reason, GapReason::kDestroyed);
    destroyed += gap.records;
  }
  EXPECT_EQ(destroyed, 12u);
  EXPECT_THAT(Opened(1), StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(VaultDestroyTest, WithoutANewRootTheOldTableStillOpens) {
  // Why the rotation is there: deleting a key from the table is not enough.
  Vault vault = Filled();
  BAYA_ASSERT_OK(vault.DestroyPurpose("measure"));
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_TRUE(vault.destruction_pending());
  EXPECT_TRUE(vault.wants_slot_secret());
  EXPECT_TRUE(AnyContains(TextsThatOpenWith(1), "measure"));
  // What storage still shows is clean, and the debt is remembered.
  EXPECT_FALSE(AnyContains(Forensics(storage_.Blobs(), OneSecret(1)).texts(), "measure"));
  BAYA_ASSERT_OK_AND_ASSIGN(Vault again, Opened(1));
  EXPECT_THAT(again.Purposes(), ElementsAre("store"));
  EXPECT_TRUE(again.wants_slot_secret());
  BAYA_ASSERT_OK(again.OfferSlotSecret(SecretOf(2)));
  ASSERT_TRUE(FlushAll(again));
  EXPECT_FALSE(again.destruction_pending());
  EXPECT_FALSE(AnyContains(TextsThatOpenWith(2), "measure"));
}

TEST_F(VaultDestroyTest, ADestroyedWeekInTheMiddleIsAGapThatReadsOn) {
  const uint32_t first = WeekOf(host_.NowMs());
  Vault vault = Filled();
  BAYA_ASSERT_OK(vault.DestroyWeeks("store", first + 1, first + 1));
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(2)));
  ASSERT_TRUE(FlushAll(vault));
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened(2));
  const std::vector<std::string> texts = Texts(again, "store");
  ASSERT_EQ(texts.size(), 24u);
  EXPECT_EQ(texts.front(), "store 0.0");
  EXPECT_EQ(texts[12], "store 2.0");
  EXPECT_EQ(Texts(again, "measure").size(), 12u);
  ASSERT_EQ(again.gaps().size(), 1u);
  EXPECT_EQ(again.gaps()[0].records, 12u);
  EXPECT_FALSE(AnyContains(TextsThatOpenWith(2), "store 1."));
  EXPECT_TRUE(AnyContains(TextsThatOpenWith(1), "store 1."));
}

TEST_F(VaultDestroyTest, ErasedRecordsAreGoneAndTheOthersStay) {
  Vault vault = Filled();
  const auto matches = [](const RecordView& record) {
    return AsText(record.payload).find(".5") != std::string_view::npos;
  };
  EXPECT_THAT(vault.EraseRecords("store", matches), IsOkAndHolds(3u));
  EXPECT_THAT(vault.EraseRecords("store", matches), IsOkAndHolds(0u));
  EXPECT_EQ(Texts(vault, "store").size(), 33u);
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(2)));
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_FALSE(vault.destruction_pending());
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened(2));
  EXPECT_EQ(Texts(again, "store").size(), 33u);
  EXPECT_EQ(Texts(again, "measure").size(), 12u);
  EXPECT_THAT(again.gaps(), IsEmpty());
  const std::set<std::string> left = TextsThatOpenWith(2);
  EXPECT_FALSE(AnyContains(left, ".5"));
  EXPECT_EQ(left.count("store 0.4"), 1u);
  EXPECT_EQ(TextsThatOpenWith(1).count("store 0.5"), 1u);
}

TEST_F(VaultDestroyTest, ARewrittenRecordKeepsItsPlaceAndItsWeek) {
  Vault vault = Filled();
  const auto rewrite = [](const RecordView& record) -> std::optional<ByteView> {
    if (AsText(record.payload) == "store 1.4") return std::nullopt;
    if (AsText(record.payload) == "store 1.5") return AsBytes("rewritten");
    return record.payload;
  };
  EXPECT_THAT(vault.RewriteRecords("store", rewrite), IsOkAndHolds(2u));
  EXPECT_THAT(vault.RewriteRecords("store", rewrite), IsOkAndHolds(0u));
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(2)));
  ASSERT_TRUE(FlushAll(vault));
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened(2));
  const std::vector<std::string> texts = Texts(again, "store");
  ASSERT_EQ(texts.size(), 35u);
  EXPECT_EQ(texts[16], "rewritten");
  EXPECT_EQ(texts[17], "store 1.6");
  const std::set<std::string> left = TextsThatOpenWith(2);
  EXPECT_EQ(left.count("store 1.4") + left.count("store 1.5"), 0u);
  EXPECT_EQ(TextsThatOpenWith(1).count("store 1.5"), 1u);
}

TEST_F(VaultDestroyTest, AnErasureRewritesTheWeeksItTouchesAndNoOther) {
  Vault vault = Filled();
  for (int i = 0; i < 6; ++i) {  // each tidies a past week
    Append(vault, "store", "later");
    ASSERT_TRUE(FlushAll(vault));
  }
  const size_t written = storage_.history().size();
  EXPECT_THAT(
      vault.EraseRecords(
          "store", [](const RecordView& record) { return AsText(record.payload) == "store 1.4"; }),
      IsOkAndHolds(1u));
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(2)));
  ASSERT_TRUE(FlushAll(vault));
  const std::vector<Blob> fresh(storage_.history().begin() + static_cast<std::ptrdiff_t>(written),
                                storage_.history().end());
  const std::set<std::string> rewritten = Forensics(fresh, OneSecret(2)).texts();
  EXPECT_EQ(rewritten.count("store 1.3"), 1u);
  EXPECT_FALSE(AnyContains(rewritten, "store 0."));
  EXPECT_FALSE(AnyContains(rewritten, "store 2."));
}

TEST_F(VaultDestroyTest, ARewriteOfMoreThanMayWaitLeavesRoomForWhatIsNew) {
  Vault vault = Created(1);
  const std::string large(60'000, '.');
  for (int i = 0; i < 150; ++i) {
    Append(vault, "store", std::to_string(i) + large);
    if (i % 50 == 49) {
      ASSERT_TRUE(FlushAll(vault));
    }
  }
  const auto first = [](const RecordView& record) {
    return AsText(record.payload).starts_with("0.");
  };
  EXPECT_THAT(vault.EraseRecords("store", first), IsOkAndHolds(1u));
  EXPECT_THAT(vault.Append("store", 1, AsBytes("new")), IsOkAndHolds(151u));
  EXPECT_THAT(vault.RewriteRecords("store",
                                   [&](const RecordView&) -> std::optional<ByteView> {
                                     static const Bytes kTooMuch(kMaxRecordBytes + 1);
                                     return kTooMuch;
                                   }),
              StatusIs(StatusCode::kInvalidArgument));
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_EQ(Texts(vault, "store").size(), 150u);
}

TEST_F(VaultDestroyTest, RekeyingMakesReplacedSnapshotsUnreadable) {
  Vault vault = Filled();
  EXPECT_EQ(TextsThatOpenWith(1).count("measure snapshot 0"), 1u);
  BAYA_ASSERT_OK(vault.PutSnapshot("measure", 1, 9, AsBytes("fresh")));
  BAYA_ASSERT_OK(vault.Rekey("measure"));
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(2)));
  ASSERT_TRUE(FlushAll(vault));
  const std::set<std::string> left = TextsThatOpenWith(2);
  EXPECT_FALSE(AnyContains(left, "measure snapshot"));
  EXPECT_EQ(left.count("fresh"), 1u);
  EXPECT_EQ(left.count("measure 0.0"), 1u);
}

TEST_F(VaultDestroyTest, ADestructionDuringARotationAsksForAnother) {
  Vault vault = Filled();
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(2)));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
  BAYA_ASSERT_OK(storage_.Apply(*batch));
  BAYA_ASSERT_OK(vault.DestroyPurpose("measure"));
  EXPECT_THAT(vault.OfferSlotSecret(SecretOf(3)), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_FALSE(vault.wants_slot_secret());
  BAYA_ASSERT_OK(vault.Confirm(batch->id));
  ASSERT_TRUE(vault.wants_slot_secret());
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(3)));
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_FALSE(vault.destruction_pending());
  EXPECT_TRUE(AnyContains(TextsThatOpenWith(2), "measure"));
  EXPECT_FALSE(AnyContains(TextsThatOpenWith(3), "measure"));
}

TEST_F(VaultDestroyTest, ARotationThatMayHaveArrivedCoversOnlyWhatPrecededIt) {
  Vault vault = Filled();
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(2)));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
  BAYA_ASSERT_OK(storage_.Apply(*batch));  // it arrived, but nobody heard
  BAYA_ASSERT_OK(vault.Fail(batch->id, StatusCode::kUnavailable));
  BAYA_ASSERT_OK(vault.DestroyPurpose("measure"));
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_TRUE(AnyContains(TextsThatOpenWith(2), "measure"));
  ASSERT_TRUE(vault.wants_slot_secret());
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(3)));
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_FALSE(vault.destruction_pending());
  EXPECT_FALSE(AnyContains(TextsThatOpenWith(3), "measure"));
}

TEST_F(VaultDestroyTest, AnInterruptedRotationOpensWithEitherSecret) {
  Vault vault = Filled();
  BAYA_ASSERT_OK(vault.DestroyPurpose("measure"));
  BAYA_ASSERT_OK(vault.OfferSlotSecret(SecretOf(2)));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
  std::vector<SecretBytes> secrets;
  secrets.push_back(SecretOf(1));
  secrets.push_back(SecretOf(2));
  const testing::MemoryStorage before = storage_;
  for (size_t steps = 0; steps <= batch->puts.size() + batch->deletes.size(); ++steps) {
    storage_ = before;
    storage_.ApplySome(*batch, [steps](size_t step) { return step < steps; });
    BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Vault::Open(host_, storage_.Blobs(), secrets));
    EXPECT_EQ(Texts(again, "store").size(), 36u) << steps;
    const bool arrived = again.report().secret_index == 1;
    EXPECT_EQ(arrived, again.epoch() == 2) << steps;
    EXPECT_EQ(arrived, Texts(again, "measure").empty()) << steps;
    EXPECT_EQ(arrived, steps >= batch->puts.size()) << steps;
  }
}

TEST_F(VaultDestroyTest, WhatWasNeverStoredNeedsNoRotation) {
  Vault vault = Created(1);
  BAYA_ASSERT_OK(vault.DestroyPurpose("measure"));
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_FALSE(vault.wants_slot_secret());
  Append(vault, "measure", "pending");
  Append(vault, "store", "kept");
  BAYA_ASSERT_OK(vault.DestroyPurpose("measure"));
  ASSERT_TRUE(FlushAll(vault));
  EXPECT_FALSE(AnyContains(TextsThatOpenWith(1), "pending"));
  BAYA_ASSERT_OK_AND_ASSIGN(const Vault again, Opened(1));
  EXPECT_THAT(Texts(again, "store"), ElementsAre("kept"));
}

TEST_F(VaultDestroyTest, NothingReadableIsInAnyBlobOrName) {
  const Vault vault = Filled();
  for (const Blob& blob : storage_.history()) {
    EXPECT_EQ(AsText(blob.bytes).find("measure"), std::string_view::npos);
    EXPECT_EQ(AsText(blob.bytes).find("store"), std::string_view::npos);
    EXPECT_EQ(blob.name.find("measure"), std::string::npos);
  }
}

}  // namespace
}  // namespace baya::vault
