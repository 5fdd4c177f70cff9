// What the person erased is gone from every byte that was ever stored, also what limits had pushed
// out of the profile before, and whatever the moment at which the page goes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "engine/testing/device_fixture.h"
#include "vault/testing/forensics.h"

namespace baya::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr size_t kLines = 200;  // profile::kMaxItemsPerEvent

std::string ItemOf(const std::string& order, size_t line) {
  return "item-" + order + "-" + std::to_string(line) + "-" + std::string(80, '.');
}

// About 23 KB as it is stored: ninety of them fill a profile.
Bytes LargeOrder(std::string_view first, const std::string& id, int64_t time_ms) {
  std::vector<std::string> items = {std::string(first)};
  for (size_t i = 1; i < kLines; ++i) items.push_back(ItemOf(id, i));
  return testing::Order(items, id, time_ms);
}

class DeviceErasureTest : public testing::DeviceTest {
 protected:
  // Orders of 200 lines, a second apart.
  void TakeOrders(size_t count, const std::string& prefix, std::string_view first = "mug-2") {
    for (size_t i = 0; i < count; ++i) {
      const std::string id = prefix + std::to_string(i);
      EXPECT_TRUE(Take(LargeOrder(first, id, NowMs())).accepted) << id;
      Wait(1000);
      if (i % 50 == 49) {
        BAYA_ASSERT_OK(page().FlushAll());
      }
    }
    BAYA_ASSERT_OK(page().FlushAll());
  }

  // Who it is and what was looked at, pushed out by orders.
  void PushedOut() {
    Consented();
    TakeAndFlush(testing::Identify("u-1", "ada@b.example", "who", NowMs()));
    Wait(1000);
    See("Product Viewed", "lamp-9", "lamp");
    Wait(1000);
    TakeOrders(100, "o");
    const std::string profile = ProfileText();
    ASSERT_EQ(profile.find("lamp-9"), std::string::npos) << "limits have pushed it out";
    ASSERT_EQ(profile.find("ada@b.example"), std::string::npos);
  }

  Status EraseAndCarryOut(const EraseRequest& request) {
    BAYA_ASSIGN_OR_RETURN(const auto erased, page().Erase(request));
    BAYA_RETURN_IF_ERROR(page().CarryOut(erased->effects));
    return page().FlushAll();
  }

  static std::set<std::string> Readable(const testing::Disk& disk) {
    std::vector<SecretBytes> secrets;
    for (const auto& [epoch, secret] : disk.secrets) secrets.push_back(SecretBytes::CopyOf(secret));
    return vault::testing::Forensics(disk.blobs.history(), secrets).texts();
  }

  // Those of `texts` that a record or snapshot says which opens with what is left, of all that was
  // ever stored.
  std::vector<std::string> OnDisk(const std::vector<std::string>& texts) const {
    const std::set<std::string> readable = Readable(disk_);
    std::vector<std::string> found;
    for (const std::string& text : texts) {
      const bool there = std::any_of(readable.begin(), readable.end(), [&](const auto& bytes) {
        return bytes.find(text) != std::string::npos;
      });
      if (there) found.push_back(text);
    }
    return found;
  }
};

TEST_F(DeviceErasureTest, WhatLimitsPushedOutGoesWithAnItem) {
  PushedOut();
  ASSERT_THAT(OnDisk({"lamp-9", "ada@b.example"}), ElementsAre("lamp-9", "ada@b.example"));
  BAYA_ASSERT_OK(EraseAndCarryOut({.scope = 3, .name = "lamp-9"}));
  EXPECT_THAT(OnDisk({"lamp-9", "ada@b.example", "item-o99-1"}), ElementsAre("item-o99-1"));
}

TEST_F(DeviceErasureTest, WhatLimitsPushedOutGoesWithAnIdentity) {
  PushedOut();
  BAYA_ASSERT_OK(EraseAndCarryOut({.scope = 4}));
  EXPECT_THAT(OnDisk({"lamp-9", "ada@b.example", "u-1", "item-o99-1"}), ElementsAre("item-o99-1"));
}

// The erasure has made room, and the page is killed before the profile was written once more.
TEST_F(DeviceErasureTest, WhatWasPushedOutDoesNotComeBackIntoTheRoomThatAnErasureMade) {
  PushedOut();
  Wait(60'000);
  TakeOrders(1, "last");
  for (int i = 0; i < 900; ++i) {
    const std::string id = "tray" + std::to_string(i);
    EXPECT_TRUE(Take(testing::Track("Product Viewed", "tray-1", id, NowMs())).accepted);
  }
  BAYA_ASSERT_OK(page().FlushAll());
  BAYA_ASSERT_OK(EraseAndCarryOut({.scope = 3, .name = "tray-1"}));
  const std::string profile = ProfileText();
  NewPage();
  EXPECT_TRUE(ProfileText() == profile);
}

TEST_F(DeviceErasureTest, KilledAtAnyBatchAnErasureHasHappenedOrNot) {
  PushedOut();
  const testing::Disk full = disk_;
  int batches = 1;
  for (int crash_at = 1; crash_at <= batches; ++crash_at) {
    disk_ = full;
    NewPage();
    page().CrashAt(page().batches() + crash_at);
    const Status erased = EraseAndCarryOut({.scope = 3, .name = ItemOf("o99", 150)});
    if (!erased.ok()) ++batches;
    NewPage();
    BAYA_ASSERT_OK(page().FlushAll());
    const std::string profile = ExportedText();
    EXPECT_NE(profile.find("item-o99-151"), std::string::npos) << crash_at;
    EXPECT_EQ(profile.find("lamp-9"), std::string::npos) << crash_at;
    EXPECT_EQ(disk_.secrets.size(), 1u);
    const bool gone = profile.find("item-o99-150") == std::string::npos;
    EXPECT_TRUE(gone || !erased.ok()) << crash_at;
    if (gone) {
      EXPECT_THAT(OnDisk({"item-o99-150"}), IsEmpty()) << crash_at;
    }
  }
  EXPECT_GE(batches, 3) << "so many batches does an erasure have";
}

TEST_F(DeviceErasureTest, ASpanIsErased) {
  Consented();
  See("Product Viewed", "mug-1", "m1");
  Wait(1000);
  const auto from_ms = static_cast<uint64_t>(NowMs());
  See("Product Viewed", "lamp-2", "m2");
  Wait(1000);
  const auto to_ms = static_cast<uint64_t>(NowMs());
  See("Product Viewed", "mug-2", "m3");
  EXPECT_THAT(page().Erase({.scope = 5, .from_ms = to_ms, .to_ms = to_ms}),
              ::baya::testing::StatusIs(StatusCode::kInvalidArgument));
  BAYA_ASSERT_OK(EraseAndCarryOut({.scope = 5, .from_ms = from_ms, .to_ms = to_ms}));
  EXPECT_THAT(OnDisk({"mug-1", "lamp-2", "mug-2"}), ElementsAre("mug-1", "mug-2"));
  NewPage();
  EXPECT_EQ(ExportedText().find("lamp-2"), std::string::npos);
}

TEST_F(DeviceErasureTest, ErasingThePersonalShelfEndsIt) {
  Consented();
  See("Product Viewed", "mug-1", "m1");
  bool personal = false;
  Shelf(&personal);
  ASSERT_TRUE(personal);
  BAYA_ASSERT_OK(EraseAndCarryOut({.scope = 2, .name = "personalize"}));
  Shelf(&personal);
  EXPECT_FALSE(personal);
  NewPage();
  Shelf(&personal);
  EXPECT_FALSE(personal);
  EXPECT_NE(ExportedText().find("mug-1"), std::string::npos) << "what is kept stays";
}

// Every event lies in its own week, however late it came in.
TEST_F(DeviceErasureTest, ADayOfRetentionRewritesOneWeek) {
  PlanSection plan = testing::Plan();
  plan.retention_days = 100;
  pack_ = testing::ShopPack(1, plan);
  Consented();
  for (int day = 99; day >= 0; --day) {
    const std::string id = "d" + std::to_string(day);
    const int64_t time_ms = NowMs() - day * int64_t{86'400'000};
    EXPECT_TRUE(Take(testing::Track("Product Viewed", "item-" + id, id, time_ms)).accepted);
  }
  BAYA_ASSERT_OK(page().FlushAll());
  Wait(86'400'000 + 60'000);
  const size_t before = disk_.blobs.history().size();
  NewPage();
  BAYA_ASSERT_OK(page().FlushAll());
  size_t written = 0;
  for (size_t i = before; i < disk_.blobs.history().size(); ++i) {
    if (disk_.blobs.history()[i].name[0] == 'c') ++written;
  }
  EXPECT_THAT(OnDisk({"item-d99", "item-d97", "item-d0"}), ElementsAre("item-d97", "item-d0"));
  EXPECT_LE(written, 6u) << "one week of events and what is written daily, of fifteen weeks";
}

TEST_F(DeviceErasureTest, OrdersKeepTheirOtherLinesAndTheirPlaces) {
  PushedOut();
  TakeOrders(5, "last", "tray-1");
  BAYA_ASSERT_OK(EraseAndCarryOut({.scope = 3, .name = "tray-1"}));
  EXPECT_THAT(OnDisk({"tray-1"}), IsEmpty());
  NewPage();
  const std::string after = ExportedText();
  for (int i = 0; i < 5; ++i) {
    EXPECT_NE(after.find("item-last" + std::to_string(i) + "-1"), std::string::npos) << i;
  }
}

}  // namespace
}  // namespace baya::engine
