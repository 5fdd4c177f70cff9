#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "consent/refusal.h"
#include "engine/testing/device_fixture.h"

namespace baya::engine {
namespace {

using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Not;

class DeviceConsentTest : public testing::DeviceTest {
 protected:
  void ExpectReason(std::string_view purpose, std::string_view reason) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().ConsentState());
    for (const PurposeState& state : reply->consent.purposes) {
      if (state.purpose == purpose) {
        EXPECT_EQ(state.reason, reason) << purpose;
        EXPECT_EQ(state.allowed, reason == "open") << purpose;
        return;
      }
    }
    ADD_FAILURE() << "not declared: " << purpose;
  }
};

TEST_F(DeviceConsentTest, NothingHappensBeforeTheRightMoment) {
  testing::DeviceHost host(disk_);
  EXPECT_THAT(host.Start(), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(host.Signals(), StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(host.Recommend({.caller = "page", .limit = 1}),
              StatusIs(StatusCode::kFailedPrecondition));
  const Bytes signer = testing::ShopSigner();
  BAYA_ASSERT_OK(host.SetPack({.signer = signer, .pack = pack_}));
  EXPECT_THAT(host.Signals(), StatusIs(StatusCode::kFailedPrecondition));
  BAYA_ASSERT_OK(host.Start());
  EXPECT_THAT(host.Start(), StatusIs(StatusCode::kFailedPrecondition));
  const Bytes secret(32, 1);
  EXPECT_THAT(host.CreateVault({.secret = secret}), StatusIs(StatusCode::kFailedPrecondition));
}

TEST_F(DeviceConsentTest, BeforeConsentNothingIsKeptOrTakenIn) {
  NewPage();
  const Bytes view = testing::Track("Product Viewed", "mug-1", "m1", NowMs());
  EXPECT_THAT(page().Ingest({.caller = "page", .events = {view}}),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(page().Inventory(), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(page().AccessLog(), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(page().ExportData(), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(page().Correct({.action = 2, .field = "user.id"}),
              StatusIs(StatusCode::kPermissionDenied));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto state, page().ConsentState());
  EXPECT_FALSE(state->consent.asked);
  EXPECT_EQ(state->consent.purposes.size(), 3u);
  ExpectReason("store", "not_granted");
  BAYA_ASSERT_OK(page().FlushAll());
  EXPECT_EQ(page().batches(), 0);
  EXPECT_TRUE(disk_.empty());
}

TEST_F(DeviceConsentTest, ARefusalLeavesOneRecordAlone) {
  NewPage();
  Choose({{"store", false}, {"personalize", false}, {"measure", false}});
  EXPECT_THAT(consent::CheckRefusal(AsBytes(disk_.record)), ::baya::testing::IsOk());
  EXPECT_TRUE(disk_.secrets.empty());
  EXPECT_EQ(disk_.blobs.TotalBytes(), 0u);
  const std::string record = disk_.record;
  NewPage();
  BAYA_ASSERT_OK_AND_ASSIGN(const auto state, page().ConsentState());
  EXPECT_TRUE(state->consent.asked);
  ExpectReason("store", "refused");
  EXPECT_EQ(disk_.record, record);
}

TEST_F(DeviceConsentTest, AGrantMakesAVaultAndAMark) {
  Consented();
  ExpectReason("store", "open");
  ExpectReason("personalize", "open");
  ExpectReason("measure", "not_granted");
  EXPECT_THAT(consent::CheckGrantMark(AsBytes(disk_.record)), ::baya::testing::IsOk());
  EXPECT_EQ(disk_.secrets.size(), 1u);
  EXPECT_GT(disk_.blobs.TotalBytes(), 0u);
}

TEST_F(DeviceConsentTest, ConsentLastsOverPages) {
  Consented();
  NewPage();
  ExpectReason("store", "open");
  ExpectReason("personalize", "open");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto state, page().ConsentState());
  EXPECT_TRUE(state->consent.asked);
}

TEST_F(DeviceConsentTest, OnlyTheCurrentTextCanBeGranted) {
  NewPage();
  EXPECT_THAT(page().Signals({.choices = {{"store", true}}, .text_version = "2025-01"}),
              StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(page().Signals({.choices = {{"train", true}}}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(page().Signals({.choices = {{"anything", true}}}),
              StatusIs(StatusCode::kInvalidArgument));
  ExpectReason("store", "not_granted");
  BAYA_ASSERT_OK(page().Signals({.choices = {{"store", true}}, .text_version = "2026-11"}));
}

TEST_F(DeviceConsentTest, WithdrawingStoreDestroysTheVault) {
  Consented();
  See("Product Viewed", "mug-1", "m1");
  Choose({{"store", false}});
  EXPECT_TRUE(page().vault_gone());
  EXPECT_TRUE(disk_.secrets.empty());
  EXPECT_EQ(disk_.blobs.TotalBytes(), 0u);
  EXPECT_THAT(consent::CheckRefusal(AsBytes(disk_.record)), ::baya::testing::IsOk());
  EXPECT_THAT(page().Inventory(), StatusIs(StatusCode::kPermissionDenied));
  // And a new grant starts with nothing.
  GrantAll();
  EXPECT_EQ(ProfileText(), "");
}

TEST_F(DeviceConsentTest, WithdrawingPersonalizeLeavesTheProfileAndRanksForAnybody) {
  NewPage();
  const std::vector<std::string> for_anybody = Shelf();
  GrantAll();
  See("Product Viewed", "mug-1", "m1");
  EXPECT_THAT(Shelf(), Not(for_anybody));
  const std::string profile = ProfileText();
  Choose({{"personalize", false}});
  bool personal = true;
  EXPECT_EQ(Shelf(&personal), for_anybody);
  EXPECT_FALSE(personal);
  EXPECT_EQ(ProfileText().size(), profile.size());
  ExpectReason("personalize", "refused");
  // It holds after a reload, and can be taken back.
  NewPage();
  EXPECT_EQ(Shelf(&personal), for_anybody);
  Choose({{"personalize", true}});
  EXPECT_THAT(Shelf(&personal), Not(for_anybody));
  EXPECT_TRUE(personal);
}

TEST_F(DeviceConsentTest, AConsentPlatformGrantsAndWithdraws) {
  NewPage();
  BAYA_ASSERT_OK_AND_ASSIGN(
      const auto held,
      page().Signals({.consent_mode = {{false, "personalization_storage", false}}}));
  EXPECT_EQ(held->effects.vault, 0);
  ExpectReason("store", "held");
  BAYA_ASSERT_OK_AND_ASSIGN(
      const auto granted,
      page().Signals({.consent_mode = {{true, "personalization_storage", true}}}));
  EXPECT_EQ(granted->effects.vault, 2);
  BAYA_ASSERT_OK(page().CarryOut(granted->effects));
  ExpectReason("personalize", "open");
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK_AND_ASSIGN(
      const auto denied,
      page().Signals({.consent_mode = {{true, "personalization_storage", false}}}));
  EXPECT_EQ(denied->effects.vault, 3);
  BAYA_ASSERT_OK(page().CarryOut(denied->effects));
  EXPECT_TRUE(disk_.empty());  // a platform keeps its own record
}

TEST_F(DeviceConsentTest, GlobalPrivacyControlClosesWhatLeavesTheDevice) {
  Consented();
  Choose({{"measure", true}});
  ExpectReason("measure", "open");
  BAYA_ASSERT_OK(page().Signals({.global_privacy_control = true}));
  ExpectReason("measure", "global_privacy_control");
  ExpectReason("personalize", "open");
}

TEST_F(DeviceConsentTest, WhatWasHeardHoldsForAVaultThatIsOpenedAgain) {
  Consented();
  Choose({{"measure", true}});
  BAYA_ASSERT_OK(page().Signals({.global_privacy_control = true}));
  BAYA_ASSERT_OK(page().Reopen());
  ExpectReason("measure", "global_privacy_control");
}

TEST_F(DeviceConsentTest, PausingStopsUsesButNotRights) {
  Consented();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(page().Pause({.paused = true}));
  BAYA_ASSERT_OK(page().FlushAll());
  const Bytes view = testing::Track("Product Viewed", "mug-1", "m2", NowMs());
  EXPECT_THAT(page().Ingest({.caller = "page", .events = {view}}),
              StatusIs(StatusCode::kPermissionDenied));
  bool personal = true;
  Shelf(&personal);
  EXPECT_FALSE(personal);
  EXPECT_THAT(ProfileText(), ::testing::HasSubstr("mug-1"));
  NewPage();
  BAYA_ASSERT_OK_AND_ASSIGN(const auto state, page().ConsentState());
  EXPECT_TRUE(state->consent.paused);
  ExpectReason("store", "paused");
  EXPECT_THAT(ProfileText(), ::testing::HasSubstr("mug-1"));
  BAYA_ASSERT_OK(page().Pause({.paused = false}));
  EXPECT_TRUE(Take(view).accepted);
}

TEST_F(DeviceConsentTest, ALostVaultIsAskedForAgain) {
  Consented();
  disk_.blobs.map().clear();
  disk_.secrets.clear();
  NewPage();
  EXPECT_TRUE(disk_.empty());
  ExpectReason("store", "not_granted");
  GrantAll();
  ExpectReason("store", "open");
}

TEST_F(DeviceConsentTest, AVaultThatDoesNotOpenIsAnErrorThatARefusalEnds) {
  Consented();
  disk_.secrets[1] = Bytes(32, 9);
  testing::DeviceHost host(disk_, 77);
  host.clock().SetNowMs(NowMs());
  EXPECT_THAT(host.Begin(pack_, testing::ShopSigner()), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_GT(disk_.blobs.TotalBytes(), 0u);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto refused, host.Signals({.choices = {{"store", false}}}));
  EXPECT_EQ(refused->effects.vault, 3);
  BAYA_ASSERT_OK(host.CarryOut(refused->effects));
  EXPECT_EQ(disk_.blobs.TotalBytes(), 0u);
  EXPECT_TRUE(disk_.secrets.empty());
}

TEST_F(DeviceConsentTest, AnErasureThatWasInterruptedIsFinished) {
  Consented();
  See("Product Viewed", "mug-1", "m1");
  disk_.record = R"({"version":1,"choice":"erasing","date":"2026-11-20"})";
  NewPage();
  EXPECT_EQ(disk_.record, R"({"version":1,"choice":"refused","date":"2026-11-20"})");
  EXPECT_EQ(disk_.blobs.TotalBytes(), 0u);
  EXPECT_TRUE(disk_.secrets.empty());
  ExpectReason("store", "refused");
  GrantAll();
  EXPECT_EQ(ProfileText(), "");
}

TEST_F(DeviceConsentTest, WithoutStoreASessionRunsInMemoryOnlyIfThePlanSaysSo) {
  PlanSection plan = testing::Plan();
  plan.memory_only_session = true;
  pack_ = testing::ShopPack(1, plan);
  NewPage();
  Choose({{"personalize", true}});
  EXPECT_TRUE(disk_.empty());
  const std::vector<std::string> before = Shelf();
  const Verdict verdict = Take(testing::Track("Product Viewed", "mug-1", "m1", NowMs()));
  EXPECT_TRUE(verdict.accepted);
  EXPECT_EQ(verdict.sequence, 0u);
  bool personal = false;
  EXPECT_THAT(Shelf(&personal), Not(before));
  EXPECT_TRUE(personal);
  EXPECT_THAT(ProfileText(), ::testing::HasSubstr("mug-1"));
  BAYA_ASSERT_OK(page().FlushAll());
  EXPECT_TRUE(disk_.empty());
  // What was held in memory is not kept by a later grant.
  Choose({{"store", true}});
  EXPECT_THAT(ProfileText(), Not(::testing::HasSubstr("mug-1")));
}

TEST_F(DeviceConsentTest, AChangedTextIsAskedForAgain) {
  Consented();
  PlanSection plan = testing::Plan();
  plan.texts[1].text = "Rank the shelves for me, on this device.";
  pack_ = testing::ShopPack(2, plan);
  NewPage();
  ExpectReason("personalize", "text_changed");
  ExpectReason("store", "open");
  bool personal = true;
  Shelf(&personal);
  EXPECT_FALSE(personal);
  Choose({{"personalize", true}});
  ExpectReason("personalize", "open");
}

TEST_F(DeviceConsentTest, AnOlderPackRanksNothing) {
  pack_ = testing::ShopPack(2);
  Consented();
  pack_ = testing::ShopPack(1);
  NewPage();
  EXPECT_THAT(page().Recommend({.caller = "page", .limit = 3}),
              StatusIs(StatusCode::kFailedPrecondition));
  BAYA_ASSERT_OK(page().Inventory());
  const Bytes signer = testing::ShopSigner();
  const Bytes same = testing::ShopPack(1);
  EXPECT_THAT(page().SetPack({.signer = signer, .pack = same}),
              StatusIs(StatusCode::kFailedPrecondition));
  const Bytes newer = testing::ShopPack(3);
  BAYA_ASSERT_OK(page().SetPack({.signer = signer, .pack = newer}));
  BAYA_ASSERT_OK(page().Recommend({.caller = "page", .limit = 3}));
}

TEST_F(DeviceConsentTest, APackOfAnotherSignerIsRefusedAndTheOneInUseStays) {
  NewPage();
  const Bytes stranger(32, 3);
  const Bytes newer = testing::ShopPack(2);
  EXPECT_THAT(page().SetPack({.signer = stranger, .pack = newer}),
              StatusIs(StatusCode::kPermissionDenied));
  const Bytes signer = testing::ShopSigner();
  EXPECT_THAT(page().SetPack({.site = "other.example", .signer = signer, .pack = newer}),
              StatusIs(StatusCode::kPermissionDenied));
  EXPECT_EQ(Shelf().size(), 5u);
}

}  // namespace
}  // namespace baya::engine
