#include "consent/access_log.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "consent/limits.h"

namespace baya::consent {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr int64_t kCountedMs = 472'222 * kHourMs + 5;

AccessCount CountOf(const AccessLog& log, const AccessKey& key) {
  const auto entry = log.entries().find(key);
  return entry == log.entries().end() ? AccessCount{} : entry->second;
}

TEST(AccessLogTest, CountsByHourCallerPurposeAndOperation) {
  AccessLog log;
  log.Count("page", Purpose::kPersonalize, Operation::kRank, kCountedMs, true);
  log.Count("page", Purpose::kPersonalize, Operation::kRank, kCountedMs + kHourMs - 6, true);
  log.Count("page", Purpose::kPersonalize, Operation::kRank, kCountedMs, false);
  log.Count("page", Purpose::kPersonalize, Operation::kSegment, kCountedMs, true);
  log.Count("shelf:home", Purpose::kPersonalize, Operation::kRank, kCountedMs, true);
  log.Count("page", Purpose::kPersonalize, Operation::kRank, kCountedMs + kHourMs, true);
  EXPECT_THAT(log.entries(), SizeIs(4));
  const AccessCount count =
      CountOf(log, {472'222, Purpose::kPersonalize, Operation::kRank, "page"});
  EXPECT_EQ(count.allowed, 2u);
  EXPECT_EQ(count.refused, 1u);
}

TEST(AccessLogTest, RecordsLoadInAnyOrderAndTwice) {
  AccessLog log;
  log.Count("page", Purpose::kStore, Operation::kIngest, kCountedMs, true);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes first, log.TakeChanges());
  EXPECT_THAT(log.TakeChanges(), IsOkAndHolds(IsEmpty()));
  log.Count("page", Purpose::kStore, Operation::kIngest, kCountedMs, true);
  log.Count("person", Purpose::kStore, Operation::kShow, kCountedMs, false);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes second, log.TakeChanges());
  AccessLog loaded;
  for (const Bytes& record : {second, first, second}) EXPECT_THAT(loaded.Load(record), IsOk());
  EXPECT_THAT(loaded.TakeChanges(), IsOkAndHolds(IsEmpty()));
  EXPECT_EQ(loaded.EncodeAll().value(), log.EncodeAll().value());
}

TEST(AccessLogTest, AnHourOfInventedCallersIsBounded) {
  AccessLog log;
  log.Count("person", Purpose::kStore, Operation::kShow, kCountedMs - kHourMs, true);
  for (int i = 0; i < 100'000; ++i) {
    log.Count("c" + std::to_string(i), Purpose::kPersonalize, Operation::kRank, kCountedMs, true);
  }
  EXPECT_THAT(log.entries(), SizeIs(kMaxAccessEntriesPerHour + 2));
  EXPECT_EQ(CountOf(log, {472'222, Purpose::kPersonalize, Operation::kRank, "other"}).allowed,
            100'000u - kMaxAccessEntriesPerHour);
  EXPECT_EQ(CountOf(log, {472'221, Purpose::kStore, Operation::kShow, "person"}).allowed, 1u);
}

TEST(AccessLogTest, TheOldestHoursGoFirst) {
  AccessLog log;
  for (size_t hour = 0; hour < kMaxAccessEntries + 10; ++hour) {
    log.Count("page", Purpose::kPersonalize, Operation::kRank, static_cast<int64_t>(hour) * kHourMs,
              true);
  }
  EXPECT_THAT(log.entries(), SizeIs(kMaxAccessEntries));
  EXPECT_EQ(log.entries().begin()->first.hour, 10u);
  EXPECT_THAT(log.TakeChanges(), IsOkAndHolds(Not(IsEmpty())));
}

TEST(AccessLogTest, ExpiryForgetsWholeHours) {
  AccessLog log;
  log.Count("page", Purpose::kPersonalize, Operation::kRank, kCountedMs - 3 * kHourMs, true);
  log.Count("page", Purpose::kPersonalize, Operation::kRank, kCountedMs, true);
  log.Expire(kCountedMs, kHourMs);
  EXPECT_THAT(log.entries(), SizeIs(1));
  EXPECT_EQ(log.entries().begin()->first.hour, 472'222u);
}

TEST(AccessLogTest, AClockBefore1970CountsInTheFirstHour) {
  AccessLog log;
  log.Count("page", Purpose::kPersonalize, Operation::kRank, -1, true);
  EXPECT_EQ(log.entries().begin()->first.hour, 0u);
}

TEST(AccessLogTest, DamagedRecordsLoadNothing) {
  AccessLog log;
  log.Count("page", Purpose::kPersonalize, Operation::kRank, kCountedMs, true);
  log.Count("person", Purpose::kStore, Operation::kShow, kCountedMs, true);
  const Bytes record = log.EncodeAll().value();
  for (size_t size = 0; size < record.size(); ++size) {
    AccessLog loaded;
    EXPECT_THAT(loaded.Load(ByteView(record).first(size)), Not(IsOk())) << size;
    EXPECT_THAT(loaded.entries(), IsEmpty());
  }
  for (size_t bit = 0; bit < 8 * record.size(); ++bit) {
    Bytes flipped = record;
    flipped[bit / 8] = static_cast<uint8_t>(flipped[bit / 8] ^ (1u << (bit % 8)));
    AccessLog loaded;
    if (!loaded.Load(flipped).ok()) {
      EXPECT_THAT(loaded.entries(), IsEmpty()) << bit;
    } else {
      EXPECT_THAT(loaded.EncodeAll(), IsOkAndHolds(flipped)) << bit;
    }
  }
  Bytes later = record;
  later[0] = 2;
  AccessLog loaded;
  EXPECT_THAT(loaded.Load(later), StatusIs(StatusCode::kUnimplemented));
}

TEST(CallerTest, IsAShortPlainName) {
  for (const char* name : {"page", "shelf:home", "partner:7", "a", "x-1_2.3"}) {
    EXPECT_TRUE(IsCaller(name)) << name;
  }
  for (const std::string& name :
       {std::string(), std::string("Page"), std::string("a b"), std::string("a\0", 2),
        std::string("caf\xc3\xa9"), std::string(33, 'a')}) {
    EXPECT_FALSE(IsCaller(name)) << name;
  }
}

}  // namespace
}  // namespace baya::consent
