#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "consent/receipt.h"
#include "consent/refusal.h"
#include "engine/testing/device_fixture.h"
#include "profile/profile_data.h"

namespace baya::engine {
namespace {

using ::baya::testing::StatusIs;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class DeviceRightsTest : public testing::DeviceTest {
 protected:
  void SomeHistory() {
    See("Product Viewed", "mug-1", "m1", "mugs");
    See("Product Clicked", "mug-1", "m2", "mugs");
    See("Product Added", "lamp-2", "m3", "lamps");
    TakeAndFlush(testing::Order({"mug-2", "lamp-1"}, "m4", NowMs()));
    See("Product Liked", "mug-1", "m5");
  }

  void EraseAndCarryOut(uint8_t scope, std::string_view name) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto erased, page().Erase({.scope = scope, .name = name}));
    BAYA_ASSERT_OK(page().CarryOut(erased->effects));
    BAYA_ASSERT_OK(page().FlushAll());
  }

  bool DiskContains(std::string_view text) {
    for (const vault::Blob& blob : disk_.blobs.Blobs()) {
      if (AsText(blob.bytes).find(text) != std::string_view::npos) return true;
    }
    return false;
  }
};

TEST_F(DeviceRightsTest, ExportEraseImportGivesTheSameProfileAndShelf) {
  Consented();
  SomeHistory();
  BAYA_ASSERT_OK(page().Correct({.action = 1, .field = "trait.email", .value = "a@b.example"}));
  const Bytes shelf = ShelfBytes();
  const Bytes snapshot = Exported();
  const std::string profile = ProfileText();
  EraseAndCarryOut(1, "");
  EXPECT_THAT(page().Inventory(), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(page().ImportData({.snapshot = snapshot}), StatusIs(StatusCode::kPermissionDenied));
  GrantAll();
  EXPECT_NE(ProfileText(), profile);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto imported, page().ImportData({.snapshot = snapshot}));
  EXPECT_EQ(imported->added, 6u);
  EXPECT_EQ(ProfileText(), profile);
  EXPECT_EQ(ShelfBytes(), shelf);
  BAYA_ASSERT_OK(page().FlushAll());
  NewPage();
  EXPECT_EQ(ShelfBytes(), shelf);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto again, page().ImportData({.snapshot = snapshot}));
  EXPECT_EQ(again->added, 0u);
  EXPECT_EQ(again->sequence, 0u);
  EXPECT_EQ(ShelfBytes(), shelf);
}

TEST_F(DeviceRightsTest, ImportRefusesWhatIsNoSnapshot) {
  Consented();
  SomeHistory();
  Bytes snapshot = Exported();
  for (size_t size = 0; size < snapshot.size(); ++size) {
    EXPECT_THAT(page().ImportData({.snapshot = ByteView(snapshot).first(size)}),
                StatusIs(StatusCode::kInvalidArgument))
        << size;
  }
  snapshot[0] = 2;
  EXPECT_THAT(page().ImportData({.snapshot = snapshot}), StatusIs(StatusCode::kUnimplemented));
}

TEST_F(DeviceRightsTest, ErasingEverythingLeavesTheRefusalAlone) {
  Consented();
  SomeHistory();
  EraseAndCarryOut(1, "");
  EXPECT_TRUE(page().vault_gone());
  EXPECT_TRUE(disk_.secrets.empty());
  EXPECT_EQ(disk_.blobs.TotalBytes(), 0u);
  EXPECT_THAT(consent::CheckRefusal(AsBytes(disk_.record)), ::baya::testing::IsOk());
  // A consent platform's standing grant does not start anew.
  BAYA_ASSERT_OK_AND_ASSIGN(
      const auto heard,
      page().Signals({.consent_mode = {{true, "personalization_storage", true}}}));
  EXPECT_EQ(heard->effects.vault, 0);
  NewPage();
  EXPECT_THAT(page().Inventory(), StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(DeviceRightsTest, ErasingAnItemRemovesItEverywhere) {
  Consented();
  SomeHistory();
  TakeAndFlush(testing::Order({"mug-3", "lamp-1"}, "m6", NowMs()));
  const auto epoch_before = disk_.secrets.begin()->first;
  EraseAndCarryOut(3, "mug-1");
  EraseAndCarryOut(3, "lamp-1");
  EXPECT_THAT(ExportedText(), Not(HasSubstr("mug-1")));
  EXPECT_THAT(ExportedText(), Not(HasSubstr("lamp-1")));
  EXPECT_THAT(ExportedText(), HasSubstr("mug-3"));
  EXPECT_GT(disk_.secrets.begin()->first, epoch_before) << "the root key changed";
  const Bytes shelf = ShelfBytes();
  const std::string profile = ProfileText();
  BAYA_ASSERT_OK_AND_ASSIGN(const auto tick, page().Tick());
  EXPECT_FALSE(tick->store.destruction_pending);
  BAYA_ASSERT_OK(page().FlushAll());
  NewPage();
  EXPECT_EQ(ShelfBytes(), shelf);
  EXPECT_EQ(ProfileText(), profile);
}

// The shelf after an erasure is the shelf of somebody who never touched the item.
TEST_F(DeviceRightsTest, AnErasedItemLeavesNoTraceOnTheShelf) {
  Consented();
  See("Product Viewed", "lamp-2", "m1");
  const Bytes without = ShelfBytes();
  See("Product Viewed", "mug-1", "m2");
  EXPECT_NE(ShelfBytes(), without);
  EraseAndCarryOut(3, "mug-1");
  EXPECT_EQ(ShelfBytes(), without);
}

TEST_F(DeviceRightsTest, ErasingAPurposeKeepsTheConsent) {
  Consented();
  SomeHistory();
  EraseAndCarryOut(2, "store");
  EXPECT_TRUE(profile::DecodeSnapshot(Exported()).value().events.empty());
  See("Product Viewed", "lamp-2", "m9");
  NewPage();
  EXPECT_THAT(ExportedText(), HasSubstr("lamp-2"));
  EXPECT_THAT(ExportedText(), Not(HasSubstr("mug-1")));
  EXPECT_THAT(page().Erase({.scope = 2, .name = "nonsense"}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(page().Erase({.scope = 0}), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(DeviceRightsTest, ErasingWhoThePersonIsKeepsTheShelf) {
  Consented();
  SomeHistory();
  BAYA_ASSERT_OK(page().Correct({.action = 1, .field = "trait.email", .value = "a@b.example"}));
  BAYA_ASSERT_OK(page().FlushAll());
  const Bytes shelf = ShelfBytes();
  const auto epoch_before = disk_.secrets.begin()->first;
  EraseAndCarryOut(4, "");
  EXPECT_THAT(ExportedText(), Not(HasSubstr("a@b.example")));
  EXPECT_EQ(ShelfBytes(), shelf);
  EXPECT_GT(disk_.secrets.begin()->first, epoch_before) << "the root key changed";
  NewPage();
  EXPECT_THAT(ExportedText(), Not(HasSubstr("a@b.example")));
  EXPECT_THAT(ExportedText(), HasSubstr("mug-2"));
  EXPECT_EQ(ShelfBytes(), shelf);
}

TEST_F(DeviceRightsTest, NothingIsStoredInTheClear) {
  Consented();
  SomeHistory();
  for (const char* text : {"mug-1", "lamp-2", "Product", "store", "order-1"}) {
    EXPECT_FALSE(DiskContains(text)) << text;
  }
}

TEST_F(DeviceRightsTest, ADislikeTakesAnItemOffTheShelfAtOnce) {
  Consented();
  const std::vector<std::string> before = Shelf();
  EXPECT_THAT(before, Contains("lamp-1"));
  EXPECT_TRUE(Take(testing::Track("Product Disliked", "lamp-1", "m1", NowMs())).accepted);
  EXPECT_THAT(Shelf(), Not(Contains("lamp-1")));
  BAYA_ASSERT_OK(page().FlushAll());
  NewPage();
  EXPECT_THAT(Shelf(), Not(Contains("lamp-1")));
  Wait(1000);
  See("Product Liked", "lamp-1", "m2");
  EXPECT_THAT(Shelf(), Contains("lamp-1"));
}

TEST_F(DeviceRightsTest, ACorrectedInterestActsAtOnce) {
  Consented();
  const std::vector<std::string> before = Shelf();
  ASSERT_EQ(before.front(), "lamp-1");
  BAYA_ASSERT_OK(page().Correct({.action = 1, .field = "interest.category.mugs", .value = "1000"}));
  EXPECT_EQ(Shelf().front(), "mug-1");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto shelf,
                            page().Recommend({.caller = "shelf:home", .limit = 1}));
  ASSERT_FALSE(shelf->items.empty());
  EXPECT_EQ(shelf->items[0].reasons.at(0).code, "likes_category");
  EXPECT_EQ(shelf->items[0].reasons.at(0).because, "mugs");
  BAYA_ASSERT_OK(page().FlushAll());
  NewPage();
  EXPECT_EQ(Shelf().front(), "mug-1");
  Wait(1);  // the later word counts
  BAYA_ASSERT_OK(page().Correct({.action = 3, .field = "interest.category.mugs"}));
  EXPECT_EQ(Shelf(), before);
  EXPECT_THAT(page().Correct({.action = 1, .field = "orders", .value = "5"}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(page().Correct({.action = 4, .field = "user.id"}),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(DeviceRightsTest, AGiftLeavesTheShelfAsItIs) {
  Consented();
  const std::vector<std::string> before = Shelf();
  TakeAndFlush(testing::Track("Product Added", "mug-1", "m1", NowMs(), "", true));
  EXPECT_EQ(Shelf(), before);
  const Bytes snapshot = Exported();
  BAYA_ASSERT_OK_AND_ASSIGN(const profile::ProfileData data, profile::DecodeSnapshot(snapshot));
  EXPECT_TRUE(data.events.at(0).items.at(0).gift);
  Wait(1000);
  See("Product Added", "mug-1", "m2");
  EXPECT_NE(Shelf(), before);
}

TEST_F(DeviceRightsTest, PausedLearningOutlastsThePageAndActsOnNothingButTheModel) {
  Consented();
  const std::vector<std::string> before = Shelf();
  BAYA_ASSERT_OK(page().Correct({.action = 2, .field = "learning"}));
  BAYA_ASSERT_OK(page().FlushAll());
  NewPage();
  Wait(1000);
  See("Product Added", "mug-1", "m1");
  EXPECT_EQ(Shelf(), before);
  EXPECT_THAT(ProfileText(), HasSubstr("cart.mug-1"));
  See("Product Disliked", "lamp-1", "m2");
  EXPECT_THAT(Shelf(), Not(Contains("lamp-1"))) << "the person's own word counts all the same";
  Wait(1000);
  BAYA_ASSERT_OK(page().Correct({.action = 3, .field = "learning"}));
  const std::vector<std::string> resumed = Shelf();
  Wait(1000);
  See("Product Added", "mug-1", "m3");
  EXPECT_NE(Shelf(), resumed);
}

TEST_F(DeviceRightsTest, AReasonThatIsMutedActsAtOnceAndCanBeTakenBack) {
  Consented();
  const std::vector<std::string> before = Shelf();
  See("Product Added", "mug-1", "m1");
  const std::vector<std::string> lifted = Shelf();
  ASSERT_NE(lifted, before);
  Wait(1000);
  BAYA_ASSERT_OK(page().Correct({.action = 2, .field = "reason.item.mug-1"}));
  EXPECT_EQ(Shelf(), before);
  BAYA_ASSERT_OK(page().FlushAll());
  NewPage();
  EXPECT_EQ(Shelf(), before);
  Wait(1000);
  BAYA_ASSERT_OK(page().Correct({.action = 3, .field = "reason.item.mug-1"}));
  EXPECT_EQ(Shelf(), lifted);
  Wait(1000);
  BAYA_ASSERT_OK(page().Correct({.action = 2, .field = "reason.tag.eco-friendly"}));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().Explain({.item = "lamp-2"}));
  for (const ScorePart& part : reply->parts) EXPECT_NE(part.code, "likes_tag");
}

TEST_F(DeviceRightsTest, TheShopsPromotionsAreToldAsSuch) {
  PlanSection plan = testing::Plan();
  plan.promotions = {{"gone-1", 1, 0, "An item of last year"}, {"lamp-3", 1, 0, "Made here"}};
  pack_ = testing::ShopPack(1, plan);
  NewPage();
  BAYA_ASSERT_OK_AND_ASSIGN(const auto shelf,
                            page().Recommend({.caller = "shelf:home", .limit = 3}));
  ASSERT_EQ(shelf->items.size(), 3u);
  EXPECT_EQ(shelf->items[0].item, "lamp-3");
  EXPECT_EQ(shelf->items[0].reasons.at(0).code, "promoted");
  EXPECT_EQ(shelf->items[0].reasons.at(0).because, "Made here");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().Explain({.item = "lamp-3"}));
  const auto& parts = reply->parts;
  EXPECT_TRUE(std::any_of(parts.begin(), parts.end(),
                          [](const ScorePart& part) { return part.because == "Made here"; }));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto plain,
                            page().Recommend({.caller = "shelf:home", .limit = 3, .plain = true}));
  EXPECT_NE(plain->items[0].item, "lamp-3");
}

TEST_F(DeviceRightsTest, WhatIsShownAndLeftForDaysRestsAndSaysSo) {
  PlanSection plan = testing::Plan();
  for (profile::PlannedField& field : plan.fields) {
    if (field.name == "item.quantity" || field.name == "list.id") {
      field.purposes.Add(consent::Purpose::kPersonalize);
    }
  }
  pack_ = testing::ShopPack(1, plan);
  Consented();
  ASSERT_EQ(Shelf().front(), "lamp-1");
  for (int day = 0; day < 5; ++day) {
    EXPECT_THAT(Shelf(), Contains("lamp-1")) << day;
    const std::string id = "shown-" + std::to_string(day);
    TakeAndFlush(testing::Shown("for-you", {"lamp-1"}, id, NowMs()));
    Wait(86'400'000);
  }
  EXPECT_THAT(Shelf(), Not(Contains("lamp-1")));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().Explain({.item = "lamp-1"}));
  EXPECT_EQ(reply->withheld, "resting");
  See("Product Clicked", "lamp-1", "click");
  EXPECT_THAT(Shelf(), Contains("lamp-1"));
}

TEST_F(DeviceRightsTest, AnExplanationAddsUp) {
  Consented();
  SomeHistory();
  for (const std::string& item : Shelf()) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().Explain({.item = item}));
    EXPECT_TRUE(reply->personal);
    EXPECT_FALSE(reply->parts.empty());
    int64_t sum = 0;
    for (const ScorePart& part : reply->parts) sum += part.points;
    EXPECT_EQ(sum, reply->score) << item;
  }
  EXPECT_THAT(page().Explain({.item = "nothing"}), StatusIs(StatusCode::kNotFound));
}

TEST_F(DeviceRightsTest, ReasonsNameWhatThePersonDid) {
  Consented();
  See("Product Viewed", "lamp-2", "m1");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reply,
                            page().Recommend({.caller = "shelf:home", .limit = 20}));
  const auto lamp = std::find_if(reply->items.begin(), reply->items.end(),
                                 [](const ShelfItem& item) { return item.item == "lamp-1"; });
  ASSERT_NE(lamp, reply->items.end());
  ASSERT_FALSE(lamp->reasons.empty());
  EXPECT_EQ(lamp->reasons[0].code, "bought_together");
  EXPECT_EQ(lamp->reasons[0].because, "lamp-2");
  EXPECT_LE(lamp->reasons.size(), 3u);
  EXPECT_GT(lamp->reasons[0].share_permille, 0);
  EXPECT_LE(lamp->reasons[0].share_permille, 1000);
}

TEST_F(DeviceRightsTest, ItemsCanBeLeftOut) {
  NewPage();
  BAYA_ASSERT_OK_AND_ASSIGN(
      const auto reply,
      page().Recommend({.caller = "page", .limit = 20, .exclude = {"lamp-1", "unknown"}}));
  EXPECT_FALSE(reply->personal);
  for (const ShelfItem& item : reply->items) EXPECT_NE(item.item, "lamp-1");
  EXPECT_EQ(reply->items.size(), 4u);
}

// The shelf that follows events one by one is the one that is made of all of them.
TEST_F(DeviceRightsTest, StepByStepIsAllAtOnce) {
  Consented();
  for (int i = 0; i < 30; ++i) {
    const std::string item = (i % 3 == 0 ? "mug-" : "lamp-") + std::to_string(1 + i % 2);
    const char* event = i % 7 == 0 ? "Product Added" : "Product Viewed";
    // Some come late.
    const int64_t time_ms = NowMs() - (i % 5 == 4 ? 2 * 86'400'000 : 0);
    TakeAndFlush(testing::Track(event, item, "m" + std::to_string(i), time_ms));
    Shelf();
    Wait(i % 10 == 9 ? 86'400'000 : 1000);
  }
  const Bytes shelf = ShelfBytes();
  BAYA_ASSERT_OK(page().Reopen());
  EXPECT_EQ(ShelfBytes(), shelf);
}

TEST_F(DeviceRightsTest, TheInventoryNamesSourcePurposeAndTimes) {
  Consented();
  SomeHistory();
  Shelf();
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().Inventory());
  bool found = false;
  for (const HeldField& field : reply->fields) {
    if (field.name != "viewed.mug-1") continue;
    found = true;
    EXPECT_EQ(field.form, static_cast<uint8_t>(profile::ValueForm::kNumber));
    EXPECT_EQ(field.number, 2);
    EXPECT_EQ(field.text, "");
    EXPECT_EQ(field.card, static_cast<uint8_t>(profile::Card::kEngagement));
    EXPECT_EQ(field.source, static_cast<uint8_t>(profile::EventSource::kPage));
    EXPECT_EQ(field.last_used_ms, static_cast<uint64_t>(NowMs()));
    EXPECT_GT(field.expires_ms, static_cast<uint64_t>(NowMs()));
  }
  EXPECT_TRUE(found);
}

TEST_F(DeviceRightsTest, TheReceiptsAreOneChainFromTheFirstGrant) {
  NewPage();
  EXPECT_THAT(page().Receipts(), StatusIs(StatusCode::kPermissionDenied));
  GrantAll();
  Wait(1000);
  Choose({{"personalize", false}});
  NewPage();
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().Receipts());
  std::vector<Bytes> chain;
  for (const ByteView receipt : reply->receipts) chain.push_back(ToBytes(receipt));
  ASSERT_EQ(chain.size(), 2u);
  BAYA_EXPECT_OK(consent::VerifyReceiptChain(chain));
  BAYA_ASSERT_OK_AND_ASSIGN(const consent::Receipt first, consent::DecodeReceipt(chain[0]));
  BAYA_ASSERT_OK_AND_ASSIGN(const consent::Receipt second, consent::DecodeReceipt(chain[1]));
  EXPECT_EQ(first.entries.size(), 2u);
  EXPECT_EQ(second.entries.at(0).choice, consent::ReceiptChoice::kWithdrawn);
  EXPECT_EQ(second.time_ms, first.time_ms + 1000);
  EXPECT_EQ(reply->text_version, testing::Plan().text_version);
  EXPECT_GT(reply->retention_ms, 0u);
  ASSERT_FALSE(reply->texts.empty());
  const ConsentText& store = reply->texts[0];
  EXPECT_EQ(store.purpose, static_cast<uint16_t>(consent::Purpose::kStore));
  EXPECT_TRUE(std::equal(store.hash.begin(), store.hash.end(), first.entries[0].text.begin(),
                         first.entries[0].text.end()));
}

// Who meant a part must not lose the whole, nor believe that something went.
TEST_F(DeviceRightsTest, ANameGoesWithAPurposeOrAnItemAlone) {
  Consented();
  SomeHistory();
  const std::string profile = ProfileText();
  for (const uint8_t scope : {uint8_t{1}, uint8_t{4}}) {
    EXPECT_THAT(page().Erase({.scope = scope, .name = "mug-1"}),
                StatusIs(StatusCode::kInvalidArgument));
  }
  for (const uint8_t scope : {uint8_t{2}, uint8_t{3}}) {
    EXPECT_THAT(page().Erase({.scope = scope}), StatusIs(StatusCode::kInvalidArgument));
  }
  EXPECT_EQ(ProfileText(), profile);
}

}  // namespace
}  // namespace baya::engine
