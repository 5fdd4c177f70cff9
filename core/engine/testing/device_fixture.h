// A visitor's device in the test shop.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/testing/status_matchers.h"
#include "engine/testing/device_host.h"
#include "engine/testing/shop.h"

namespace baya::engine::testing {

class DeviceTest : public ::testing::Test {
 protected:
  // A page that starts now on the same disk; the one before is gone.
  void NewPage() {
    const int64_t now_ms = page_ == nullptr ? 1'795'354'620'000 : page_->clock().NowMs();
    page_ = std::make_unique<DeviceHost>(disk_, ++seed_);
    page_->clock().SetNowMs(now_ms);
    BAYA_ASSERT_OK(page_->Begin(pack_, ShopSigner()));
  }

  DeviceHost& page() { return *page_; }
  int64_t NowMs() { return page_->clock().NowMs(); }
  void Wait(int64_t ms) { page_->clock().SetNowMs(NowMs() + ms); }

  // One act of the person, carried out.
  void Choose(const std::vector<Choice>& choices) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().Signals({.choices = choices}));
    BAYA_ASSERT_OK(page().CarryOut(reply->effects));
    BAYA_ASSERT_OK(page().FlushAll());
  }
  void GrantAll() { Choose({{"store", true}, {"personalize", true}}); }

  // A page with consent to both purposes.
  void Consented() {
    NewPage();
    GrantAll();
  }

  // The verdict on one event, without flushing.
  Verdict Take(const Bytes& record) {
    auto reply = page().Ingest({.caller = "page", .events = {record}});
    EXPECT_THAT(reply, baya::testing::IsOk());
    return reply.ok() ? (*reply)->verdicts.at(0) : Verdict{};
  }
  void TakeAndFlush(const Bytes& record) {
    EXPECT_TRUE(Take(record).accepted);
    BAYA_EXPECT_OK(page().FlushAll());
  }
  void See(std::string_view event, std::string_view item, std::string_view id,
           std::string_view category = "") {
    TakeAndFlush(Track(event, item, id, NowMs(), category));
  }

  std::vector<std::string> Shelf(bool* personal = nullptr) {
    auto reply = page().Recommend({.caller = "shelf:home", .limit = 20});
    EXPECT_THAT(reply, baya::testing::IsOk());
    std::vector<std::string> items;
    if (!reply.ok()) return items;
    if (personal != nullptr) *personal = (*reply)->personal;
    for (const ShelfItem& item : (*reply)->items) items.emplace_back(item.item);
    return items;
  }
  Bytes ShelfBytes() {
    auto reply = page().Recommend({.caller = "shelf:home", .limit = 20});
    EXPECT_THAT(reply, baya::testing::IsOk());
    return reply.ok() ? reply->bytes : Bytes();
  }
  std::string ProfileText() { return testing::ProfileText(page()); }
  // The snapshot that an export holds. Texts stand in it as they are.
  Bytes Exported() {
    auto reply = page().ExportData();
    EXPECT_THAT(reply, baya::testing::IsOk());
    if (!reply.ok()) return {};
    return Bytes((*reply)->snapshot.begin(), (*reply)->snapshot.end());
  }
  std::string ExportedText() { return std::string(AsText(Exported())); }

  Bytes pack_ = ShopPack();
  Disk disk_;

 private:
  uint64_t seed_ = 0;
  std::unique_ptr<DeviceHost> page_;
};

}  // namespace baya::engine::testing
