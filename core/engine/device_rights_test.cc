#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "codec/json.h"
#include "consent/refusal.h"
#include "engine/testing/device_fixture.h"
#include "profile/profile_data.h"
#include "profile/testing/read_export.h"

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

  std::string Export() {
    auto reply = page().ExportData();
    EXPECT_THAT(reply, ::baya::testing::IsOk());
    return reply.ok() ? std::string((*reply)->json) : std::string();
  }

  void EraseAndCarryOut(uint8_t scope, std::string_view name) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto erased, page().Erase({.scope = scope, .name = name}));
    BAYA_ASSERT_OK(page().CarryOut(erased->effects));
    BAYA_ASSERT_OK(page().FlushAll());
  }

  // What a My data page makes of an export before it brings it back.
  static Bytes SnapshotOf(std::string_view json) {
    return profile::EncodeSnapshot(profile::testing::ReadExport(json)).value();
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
  const Bytes snapshot = SnapshotOf(Export());
  const std::string profile = ProfileJson();
  EraseAndCarryOut(1, "");
  EXPECT_THAT(page().Profile(), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_THAT(page().ImportData({.snapshot = snapshot}), StatusIs(StatusCode::kPermissionDenied));
  GrantAll();
  EXPECT_NE(ProfileJson(), profile);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto imported, page().ImportData({.snapshot = snapshot}));
  EXPECT_EQ(imported->added, 6u);
  EXPECT_EQ(ProfileJson(), profile);
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
  Bytes snapshot = SnapshotOf(Export());
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
  EXPECT_THAT(page().Profile(), StatusIs(StatusCode::kPermissionDenied));
}

TEST_F(DeviceRightsTest, ErasingAnItemRemovesItEverywhere) {
  Consented();
  SomeHistory();
  TakeAndFlush(testing::Order({"mug-3", "lamp-1"}, "m6", NowMs()));
  const auto epoch_before = disk_.secrets.begin()->first;
  EraseAndCarryOut(3, "mug-1");
  EraseAndCarryOut(3, "lamp-1");
  EXPECT_THAT(Export(), Not(HasSubstr("mug-1")));
  EXPECT_THAT(Export(), Not(HasSubstr("lamp-1")));
  EXPECT_THAT(Export(), HasSubstr("mug-3"));
  EXPECT_GT(disk_.secrets.begin()->first, epoch_before) << "the root key changed";
  const Bytes shelf = ShelfBytes();
  const std::string profile = ProfileJson();
  BAYA_ASSERT_OK_AND_ASSIGN(const auto tick, page().Tick());
  EXPECT_FALSE(tick->store.destruction_pending);
  BAYA_ASSERT_OK(page().FlushAll());
  NewPage();
  EXPECT_EQ(ShelfBytes(), shelf);
  EXPECT_EQ(ProfileJson(), profile);
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
  EXPECT_THAT(Export(), HasSubstr(R"("events":[])"));
  See("Product Viewed", "lamp-2", "m9");
  NewPage();
  EXPECT_THAT(Export(), HasSubstr("lamp-2"));
  EXPECT_THAT(Export(), Not(HasSubstr("mug-1")));
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
  EXPECT_THAT(Export(), Not(HasSubstr("a@b.example")));
  EXPECT_EQ(ShelfBytes(), shelf);
  EXPECT_GT(disk_.secrets.begin()->first, epoch_before) << "the root key changed";
  NewPage();
  EXPECT_THAT(Export(), Not(HasSubstr("a@b.example")));
  EXPECT_THAT(Export(), HasSubstr("mug-2"));
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
  EXPECT_THAT(Export(), HasSubstr("\"gift\":true"));
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
  EXPECT_THAT(ProfileJson(), HasSubstr("cart.mug-1"));
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
  EXPECT_THAT(std::string(reply->explanation), Not(HasSubstr("likes_tag")));
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
  EXPECT_THAT(std::string(reply->explanation), HasSubstr("Made here"));
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
  EXPECT_THAT(std::string(reply->explanation), HasSubstr("\"withheld\":\"resting\""));
  See("Product Clicked", "lamp-1", "click");
  EXPECT_THAT(Shelf(), Contains("lamp-1"));
}

TEST_F(DeviceRightsTest, AnExplanationAddsUp) {
  Consented();
  SomeHistory();
  for (const std::string& item : Shelf()) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().Explain({.item = item}));
    BAYA_ASSERT_OK_AND_ASSIGN(const codec::JsonValue json, codec::ParseJson(reply->explanation));
    EXPECT_TRUE(json.BoolAt("personal").value());
    BAYA_ASSERT_OK_AND_ASSIGN(const auto contributions, json.ElementsAt("contributions"));
    int64_t sum = 0;
    for (const codec::JsonValue& contribution : contributions) {
      sum += contribution.Int64At("points").value();
    }
    EXPECT_EQ(sum, json.Int64At("score").value()) << item;
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
  BAYA_ASSERT_OK_AND_ASSIGN(const codec::JsonValue json, codec::ParseJson(reply->fields));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto fields, json.Elements());
  bool found = false;
  for (const codec::JsonValue& field : fields) {
    if (field.StringAt("field").value() != "viewed.mug-1") continue;
    found = true;
    EXPECT_EQ(field.Int64At("value").value(), 2);
    EXPECT_EQ(field.StringAt("card").value(), "engagement");
    EXPECT_EQ(field.StringAt("source").value(), "page");
    EXPECT_EQ(field.Int64At("lastUsedMs").value(), NowMs());
    EXPECT_GT(field.Int64At("expiresMs").value(), NowMs());
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace baya::engine
