#include "measure/report_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "measure/limits.h"

namespace baya::measure {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::Not;
using ::testing::SizeIs;

LogEntry Entry(uint8_t id) {
  LogEntry entry;
  entry.id.fill(id);
  entry.made_ms = 1000;
  entry.epsilon_micro = 500'000;
  entry.title = "What people look for";
  entry.label = "lamps";
  entry.leader_url = "https://leader.example/";
  entry.helper_url = "https://helper.example/";
  return entry;
}

TEST(ReportLogTest, AnEndComesOnce) {
  ReportLog log;
  log.Add(Entry(1));
  EXPECT_TRUE(log.End(Entry(1).id, ReportState::kSent, 2000));
  EXPECT_FALSE(log.End(Entry(1).id, ReportState::kRefused, 3000));
  EXPECT_FALSE(log.End(Entry(2).id, ReportState::kSent, 3000));
  EXPECT_EQ(log.entries()[0].state, ReportState::kSent);
  EXPECT_EQ(log.entries()[0].ended_ms, 2000);
}

TEST(ReportLogTest, WithdrawingForgetsWhatWasNotSaid) {
  ReportLog log;
  log.Add(Entry(1));
  log.Add(Entry(2));
  ASSERT_TRUE(log.End(Entry(1).id, ReportState::kSent, 2000));
  EXPECT_TRUE(log.WithdrawWaiting(3000));
  EXPECT_FALSE(log.WithdrawWaiting(4000));
  EXPECT_EQ(log.entries()[0].label, "lamps");
  EXPECT_EQ(log.entries()[0].state, ReportState::kSent);
  EXPECT_EQ(log.entries()[1].label, "");
  EXPECT_EQ(log.entries()[1].state, ReportState::kWithdrawn);
  EXPECT_EQ(log.entries()[1].ended_ms, 3000);
  EXPECT_EQ(log.entries()[1].epsilon_micro, 500'000u) << "a charge is not given back";
}

TEST(ReportLogTest, ForgetsWhatEndedLongAgo) {
  ReportLog log;
  log.Add(Entry(1));
  log.Add(Entry(2));
  ASSERT_TRUE(log.End(Entry(1).id, ReportState::kSent, 2000));
  EXPECT_FALSE(log.Expire(2000));
  EXPECT_TRUE(log.Expire(2001));
  ASSERT_THAT(log.entries(), SizeIs(1));
  EXPECT_EQ(log.entries()[0].id, Entry(2).id);
}

TEST(ReportLogTest, ReadsWhatItWrote) {
  ReportLog log;
  log.Add(Entry(1));
  ASSERT_TRUE(log.End(Entry(1).id, ReportState::kGivenUp, 2000));
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes bytes, log.Encode());
  BAYA_ASSERT_OK_AND_ASSIGN(const ReportLog read, ReportLog::Decode(bytes));
  ASSERT_THAT(read.entries(), SizeIs(1));
  const LogEntry& entry = read.entries()[0];
  EXPECT_EQ(entry.id, Entry(1).id);
  EXPECT_EQ(ReportStateName(entry.state), "given_up");
  EXPECT_EQ(entry.made_ms, 1000);
  EXPECT_EQ(entry.ended_ms, 2000);
  EXPECT_EQ(entry.epsilon_micro, 500'000u);
  EXPECT_EQ(entry.title, "What people look for");
  EXPECT_EQ(entry.label, "lamps");
  EXPECT_EQ(entry.leader_url, "https://leader.example/");
  EXPECT_EQ(entry.helper_url, "https://helper.example/");
  for (size_t size = 2; size < bytes.size(); ++size) {
    EXPECT_THAT(ReportLog::Decode(ByteView(bytes).first(size)), Not(IsOk())) << size;
  }
  Bytes bad_state = bytes;
  bad_state[17] = 6;
  EXPECT_THAT(ReportLog::Decode(bad_state), StatusIs(StatusCode::kInvalidArgument));
  bytes[0] = 2;
  EXPECT_THAT(ReportLog::Decode(bytes), StatusIs(StatusCode::kUnimplemented));
}

TEST(ReportLogTest, TheOldestGoFirst) {
  ReportLog log;
  for (size_t i = 0; i <= kMaxLogEntries; ++i) log.Add(Entry(static_cast<uint8_t>(i)));
  ASSERT_THAT(log.entries(), SizeIs(kMaxLogEntries));
  EXPECT_EQ(log.entries()[0].id[0], 1);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, log.Encode());
  EXPECT_THAT(ReportLog::Decode(bytes), IsOk());
}

}  // namespace
}  // namespace baya::measure
