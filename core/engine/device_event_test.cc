#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "engine/limits.h"
#include "engine/testing/device_fixture.h"
#include "profile/profile_data.h"

namespace baya::engine {
namespace {

using ::baya::testing::StatusIs;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class DeviceEventTest : public testing::DeviceTest {};

TEST_F(DeviceEventTest, AnEventIsDurableWhenItsBatchIsConfirmed) {
  Consented();
  BAYA_ASSERT_OK_AND_ASSIGN(
      const auto taken,
      page().Ingest({.caller = "page",
                     .events = {testing::Track("Product Viewed", "mug-1", "m1", NowMs())}}));
  const uint64_t sequence = taken->verdicts[0].sequence;
  EXPECT_TRUE(taken->verdicts[0].accepted);
  EXPECT_GE(sequence, taken->store.durable_end);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, page().Flush());
  ASSERT_TRUE(batch->has_batch);
  EXPECT_GE(sequence, batch->store.durable_end);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto second, page().Flush());
  EXPECT_FALSE(second->has_batch) << "one batch is in flight at a time";
  EXPECT_THAT(page().Confirm({.id = batch->id + 1}), StatusIs(StatusCode::kInvalidArgument));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto confirmed, page().Confirm({.id = batch->id}));
  EXPECT_LT(sequence, confirmed->store.durable_end);
}

TEST_F(DeviceEventTest, AFailedBatchIsOfferedAgain) {
  Consented();
  const Verdict verdict = Take(testing::Track("Product Viewed", "mug-1", "m1", NowMs()));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto batch, page().Flush());
  EXPECT_THAT(page().Fail({.id = batch->id, .code = 3}), StatusIs(StatusCode::kInvalidArgument));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto failed, page().Fail({.id = batch->id, .code = 8}));
  EXPECT_EQ(failed->store.health, 8);
  EXPECT_GE(verdict.sequence, failed->store.durable_end);
  BAYA_ASSERT_OK(page().FlushAll());
  BAYA_ASSERT_OK_AND_ASSIGN(const auto tick, page().Tick());
  EXPECT_LT(verdict.sequence, tick->store.durable_end);
  EXPECT_EQ(tick->store.health, 0);
}

TEST_F(DeviceEventTest, EachEventHasItsVerdict) {
  Consented();
  const Bytes good = testing::Track("Product Viewed", "mug-1", "m1", NowMs());
  const Bytes unknown = testing::Track("Product Sniffed", "mug-1", "m2", NowMs());
  const Bytes old = testing::Track("Product Viewed", "mug-1", "m3", NowMs() - 500 * kDayMs);
  const Bytes broken = {1, 2, 3};
  BAYA_ASSERT_OK_AND_ASSIGN(
      const auto reply,
      page().Ingest({.caller = "page", .events = {good, good, unknown, old, broken}}));
  ASSERT_EQ(reply->verdicts.size(), 5u);
  EXPECT_TRUE(reply->verdicts[0].accepted);
  EXPECT_EQ(reply->verdicts[0].reason, "");
  EXPECT_EQ(reply->verdicts[1].reason, "duplicate");
  EXPECT_EQ(reply->verdicts[2].reason, "unknown_event");
  EXPECT_EQ(reply->verdicts[3].reason, "too_old");
  EXPECT_EQ(reply->verdicts[4].reason, "malformed");
  for (size_t i = 1; i < 5; ++i) EXPECT_FALSE(reply->verdicts[i].accepted) << i;
}

TEST_F(DeviceEventTest, LimitsHold) {
  Consented();
  const Bytes record = testing::Track("Product Viewed", "mug-1", "m1", NowMs());
  const std::vector<ByteView> many(kMaxEventsPerIngest + 1, record);
  EXPECT_THAT(page().Ingest({.caller = "page", .events = many}),
              StatusIs(StatusCode::kResourceExhausted));
  EXPECT_THAT(page().Ingest({.caller = "Not a caller", .events = {record}}),
              StatusIs(StatusCode::kInvalidArgument));
  const std::vector<std::string_view> excluded(kMaxExcluded + 1, "mug-1");
  EXPECT_THAT(page().Recommend({.caller = "page", .limit = 1, .exclude = excluded}),
              StatusIs(StatusCode::kResourceExhausted));
  EXPECT_THAT(page().Recommend({.caller = "page", .limit = 0}),
              StatusIs(StatusCode::kInvalidArgument));
}

// The disk as a crash before batch `crash_at` leaves it; the ids of events that were durable then.
std::set<std::string> RunUntilCrash(testing::DeviceHost& host, const Bytes& pack, int crash_at) {
  std::set<std::string> durable;
  host.CrashAt(crash_at);
  host.clock().SetNowMs(1'795'354'620'000);
  if (!host.Begin(pack, testing::ShopSigner()).ok()) return durable;
  const auto granted = host.Signals({.choices = {{"store", true}, {"personalize", true}}});
  if (!granted.ok() || !host.CarryOut((*granted)->effects).ok()) return durable;
  for (int i = 0; i < 12; ++i) {
    const std::string id = "m" + std::to_string(i);
    const std::string item = i % 2 == 0 ? "mug-1" : "lamp-2";
    const Bytes record = testing::Track("Product Viewed", item, id, host.clock().NowMs() + i);
    const auto taken = host.Ingest({.caller = "page", .events = {record}});
    EXPECT_THAT(taken, ::baya::testing::IsOk());
    // Now and then something is destroyed as well.
    if (i == 5) {
      BAYA_EXPECT_OK(host.Erase({.scope = 3, .name = "lamp-2"}));
    }
    if (i % 3 != 2) continue;
    if (!host.FlushAll().ok()) return durable;
    for (int j = 0; j <= i; ++j) {
      if (j > 5 || j % 2 == 0) durable.insert("m" + std::to_string(j));
    }
  }
  return durable;
}

TEST_F(DeviceEventTest, AfterACrashAtAnyBatchWhatWasAcknowledgedIsThere) {
  int crash_at = 1;
  for (bool crashed = true; crashed; ++crash_at) {
    testing::Disk disk;
    testing::DeviceHost host(disk, 5);
    const std::set<std::string> durable = RunUntilCrash(host, pack_, crash_at);
    crashed = host.batches() >= crash_at;
    testing::DeviceHost after(disk, 6);
    after.clock().SetNowMs(host.clock().NowMs() + 1000);
    BAYA_ASSERT_OK(after.Begin(pack_, testing::ShopSigner()));
    if (durable.empty()) continue;
    BAYA_ASSERT_OK_AND_ASSIGN(const auto exported, after.ExportData());
    BAYA_ASSERT_OK_AND_ASSIGN(const auto data, profile::DecodeSnapshot(exported->snapshot));
    std::set<std::string> held;
    for (const profile::Event& event : data.events) held.insert(event.message_id);
    for (const std::string& id : durable) {
      EXPECT_THAT(held, Contains(id)) << "crash at batch " << crash_at;
    }
    EXPECT_EQ(disk.secrets.size(), 1u) << "no slot secret but the right one stays";
  }
  EXPECT_GT(crash_at, 8) << "the script has so many batches";
}

TEST_F(DeviceEventTest, AReopenedVaultGivesTheSameProfileAndShelf) {
  Consented();
  See("Product Viewed", "mug-1", "m1", "mugs");
  See("Product Added", "lamp-2", "m2");
  TakeAndFlush(testing::Order({"mug-2", "lamp-1"}, "m3", NowMs()));
  See("Product Liked", "mug-1", "m4");
  Shelf();
  BAYA_ASSERT_OK(page().Tick());
  BAYA_ASSERT_OK(page().FlushAll());
  const Bytes shelf = ShelfBytes();
  const std::string profile = ProfileText();
  NewPage();
  EXPECT_EQ(ProfileText(), profile);
  EXPECT_EQ(ShelfBytes(), shelf);
}

TEST_F(DeviceEventTest, ASecondInstanceIsFencedAndCanOpenAgain) {
  Consented();
  testing::DeviceHost other(disk_, 99);
  other.clock().SetNowMs(NowMs());
  BAYA_ASSERT_OK(other.Begin(pack_, testing::ShopSigner()));
  See("Product Viewed", "mug-1", "m1");
  const Bytes view = testing::Track("Product Viewed", "lamp-1", "m2", NowMs());
  BAYA_ASSERT_OK(other.Ingest({.caller = "page", .events = {view}}));
  EXPECT_THAT(other.FlushAll(), StatusIs(StatusCode::kAborted));
  EXPECT_THAT(other.Ingest({.caller = "page", .events = {view}}), StatusIs(StatusCode::kAborted));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto opened, other.Reopen());
  EXPECT_TRUE(opened->found);
  EXPECT_EQ(opened->store.health, 0);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto again, other.Ingest({.caller = "page", .events = {view}}));
  EXPECT_TRUE(again->verdicts[0].accepted);
  BAYA_ASSERT_OK(other.FlushAll());
  BAYA_ASSERT_OK_AND_ASSIGN(const auto exported, other.ExportData());
  EXPECT_THAT(std::string(AsText(exported->snapshot)), HasSubstr("m1"));
  EXPECT_THAT(std::string(AsText(exported->snapshot)), HasSubstr("m2"));
}

TEST_F(DeviceEventTest, WhatRetentionDoesNotCoverGoes) {
  Consented();
  See("Product Viewed", "mug-1", "old");
  for (int month = 0; month < 13; ++month) {
    Wait(30 * kDayMs);
    BAYA_ASSERT_OK(page().Tick());
  }
  GrantAll();  // the grant would be too old otherwise
  See("Product Viewed", "lamp-1", "new");
  Wait(6 * kDayMs);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto tick, page().Tick());
  EXPECT_EQ(tick->expired, 1u);
  BAYA_ASSERT_OK(page().FlushAll());
  NewPage();
  const std::string exported = ExportedText();
  EXPECT_THAT(exported, Not(HasSubstr("old")));
  EXPECT_THAT(exported, HasSubstr("new"));
}

TEST_F(DeviceEventTest, UsesAreCountedOverPages) {
  Consented();
  See("Product Viewed", "mug-1", "m1");
  Shelf();
  BAYA_ASSERT_OK(page().Tick());
  BAYA_ASSERT_OK(page().FlushAll());
  NewPage();
  BAYA_ASSERT_OK_AND_ASSIGN(const auto log, page().AccessLog());
  const auto counts = [&log](std::string_view caller, consent::Purpose purpose,
                             consent::Operation operation) {
    for (const AccessCount& row : log->rows) {
      if (row.caller != caller || row.purpose != static_cast<uint16_t>(purpose)) continue;
      if (row.operation == static_cast<uint8_t>(operation)) return row.allowed;
    }
    return 0u;
  };
  EXPECT_GT(counts("shelf:home", consent::Purpose::kPersonalize, consent::Operation::kRank), 0u);
  EXPECT_GT(counts("page", consent::Purpose::kStore, consent::Operation::kIngest), 0u);
}

}  // namespace
}  // namespace baya::engine
