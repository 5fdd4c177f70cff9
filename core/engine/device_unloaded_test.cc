// Nothing may be taken out of a vault by comparing it with a profile that does not hold all of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/testing/test_host.h"
#include "engine/record_kinds.h"
#include "engine/testing/device_fixture.h"
#include "profile/event.h"
#include "profile/limits.h"
#include "vault/vault.h"

namespace baya::engine {
namespace {

using ::baya::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;

class DeviceUnloadedTest : public testing::DeviceTest {
 protected:
  // Records that no page of this build writes, put into the vault while no page is open.
  void Plant(RecordKind kind, const std::vector<Bytes>& payloads) {
    baya::testing::TestHost host(4242);
    std::vector<SecretBytes> secrets;
    for (const auto& [epoch, secret] : disk_.secrets)
      secrets.push_back(SecretBytes::CopyOf(secret));
    BAYA_ASSERT_OK_AND_ASSIGN(auto vault, vault::Vault::Open(host, disk_.blobs.Blobs(), secrets));
    for (const Bytes& payload : payloads) {
      BAYA_ASSERT_OK(vault.Append(kStorePurpose, static_cast<uint8_t>(kind), payload));
    }
    while (true) {
      BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, vault.Flush());
      if (!batch) return;
      BAYA_ASSERT_OK(disk_.blobs.Apply(*batch));
      BAYA_ASSERT_OK(vault.Confirm(batch->id));
    }
  }

  std::string StoredEvents() {
    baya::testing::TestHost host(4243);
    std::vector<SecretBytes> secrets;
    for (const auto& [epoch, secret] : disk_.secrets)
      secrets.push_back(SecretBytes::CopyOf(secret));
    auto vault = vault::Vault::Open(host, disk_.blobs.Blobs(), secrets);
    EXPECT_THAT(vault, ::baya::testing::IsOk());
    std::string text;
    if (!vault.ok()) return text;
    for (const vault::RecordView& record : vault->Records(kStorePurpose)) {
      if (record.kind == static_cast<uint8_t>(RecordKind::kEvent)) text += AsText(record.payload);
    }
    return text;
  }
};

TEST_F(DeviceUnloadedTest, AGrantAfterABrokenChainBringsTheProfileBackAtOnce) {
  Consented();
  See("Product Viewed", "mug-1", "m1");
  See("Product Viewed", "lamp-2", "m2");
  const std::string profile = ProfileText();
  Plant(RecordKind::kReceipt, {Bytes{1, 2, 3}});
  NewPage();
  EXPECT_THAT(page().Inventory(), StatusIs(StatusCode::kPermissionDenied));
  GrantAll();
  EXPECT_EQ(ProfileText().size(), profile.size());
  EXPECT_FALSE(Take(testing::Track("Product Viewed", "mug-1", "m1", NowMs())).accepted)
      << "it is known";
  BAYA_ASSERT_OK(page().Erase({.scope = 3, .name = "lamp-2"}));
  BAYA_ASSERT_OK(page().FlushAll());
  EXPECT_THAT(StoredEvents(), HasSubstr("mug-1"));
  EXPECT_THAT(StoredEvents(), Not(HasSubstr("lamp-2")));
  NewPage();
  EXPECT_THAT(ExportedText(), HasSubstr("mug-1"));
}

// More of the person's own corrections than a profile takes, as a later build may allow.
TEST_F(DeviceUnloadedTest, WhatCouldNotBeLoadedIsNotErased) {
  Consented();
  See("Product Viewed", "mug-1", "m1");
  std::vector<Bytes> corrections;
  for (size_t i = 0; i <= profile::ProfileLimits().max_corrections; ++i) {
    profile::Event event;
    event.message_id = "c" + std::to_string(i);
    event.time_ms = NowMs();
    event.kind = profile::EventKind::kCorrection;
    event.source = profile::EventSource::kPerson;
    event.correction = profile::Correction{profile::CorrectionAction::kContradict,
                                           "reason.item.i" + std::to_string(i), ""};
    BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, profile::EncodeEvent(event));
    corrections.push_back(bytes);
  }
  Plant(RecordKind::kEvent, corrections);
  testing::DeviceHost host(disk_, 77);
  host.clock().SetNowMs(NowMs());
  EXPECT_THAT(host.Begin(pack_, testing::ShopSigner()), StatusIs(StatusCode::kResourceExhausted));
  for (const EraseRequest& request :
       {EraseRequest{.scope = 3, .name = "lamp-2"}, EraseRequest{.scope = 4},
        EraseRequest{.scope = 5, .from_ms = 1, .to_ms = 2}}) {
    EXPECT_THAT(host.Erase(request), StatusIs(StatusCode::kFailedPrecondition));
  }
  BAYA_ASSERT_OK(host.FlushAll());
  EXPECT_THAT(StoredEvents(), HasSubstr("mug-1"));
  // Everything can be erased all the same, and then the profile is whole.
  BAYA_ASSERT_OK(host.Erase({.scope = 2, .name = "store"}));
  const Bytes view = testing::Track("Product Viewed", "mug-2", "m2", NowMs());
  BAYA_ASSERT_OK(host.Ingest({.caller = "page", .events = {view}}));
  BAYA_ASSERT_OK(host.Erase({.scope = 3, .name = "lamp-2"}));
  BAYA_ASSERT_OK(host.FlushAll());
  EXPECT_THAT(StoredEvents(), HasSubstr("mug-2"));
  EXPECT_THAT(StoredEvents(), Not(HasSubstr("mug-1")));
}

// Tidying up takes out what limits pushed out, not what a later build wrote.
TEST_F(DeviceUnloadedTest, EventsOfALaterBuildStayWhenNobodyErases) {
  Consented();
  See("Product Viewed", "mug-1", "m1");
  std::vector<Bytes> later;
  for (int i = 0; i < 1'001; ++i) later.push_back(Bytes{200, 'l', 'a', 't', 'e', 'r'});
  Plant(RecordKind::kEvent, later);
  NewPage();
  Wait(86'400'000);
  BAYA_ASSERT_OK(page().Tick());
  BAYA_ASSERT_OK(page().FlushAll());
  EXPECT_THAT(StoredEvents(), HasSubstr("later"));
  BAYA_ASSERT_OK(page().Erase({.scope = 3, .name = "lamp-2"}));
  BAYA_ASSERT_OK(page().FlushAll());
  EXPECT_THAT(StoredEvents(), Not(HasSubstr("later"))) << "they may name what was erased";
}

}  // namespace
}  // namespace baya::engine
