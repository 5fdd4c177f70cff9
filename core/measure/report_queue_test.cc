#include "measure/report_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "consent/testing/open_gate.h"
#include "measure/limits.h"

namespace baya::measure {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using consent::Operation;
using consent::Purpose;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr int64_t kQueuedMs = 1'795'000'000'000;

WaitingReport Report(uint8_t id, int64_t due_ms, uint64_t sequence = 0) {
  WaitingReport report;
  report.id.fill(id);
  report.made_ms = kQueuedMs - 1000;
  report.due_ms = due_ms;
  report.url = "https://leader.example/tasks/x/reports";
  report.body = {id, 2, 3};
  report.sequence = sequence;
  return report;
}

class ReportQueueTest : public ::testing::Test {
 protected:
  std::vector<uint8_t> DueIds(uint64_t durable_end) {
    auto due =
        queue_.Due(gate_.Pass(Purpose::kMeasure, Operation::kMeasure, "reports"), durable_end);
    EXPECT_THAT(due, IsOk());
    std::vector<uint8_t> ids;
    for (const WaitingReport* report : *due) ids.push_back(report->id[0]);
    return ids;
  }

  consent::testing::OpenGate gate_{kQueuedMs};
  ReportQueue queue_;
};

TEST_F(ReportQueueTest, GivesOutWhatIsDueAndDurable) {
  queue_.Add(Report(1, kQueuedMs, 4));
  queue_.Add(Report(2, kQueuedMs + 1, 4));
  queue_.Add(Report(3, kQueuedMs - 5, 5));
  EXPECT_THAT(DueIds(4), IsEmpty());
  EXPECT_THAT(DueIds(5), ElementsAre(1));
  EXPECT_THAT(DueIds(6), ElementsAre(1, 3));
  EXPECT_EQ(queue_.NextDueMs(), kQueuedMs - 5);
  EXPECT_TRUE(queue_.Remove(Report(3, 0).id));
  EXPECT_FALSE(queue_.Remove(Report(3, 0).id));
  EXPECT_THAT(DueIds(6), ElementsAre(1));
  EXPECT_EQ(queue_.NextDueMs(), kQueuedMs);
}

TEST_F(ReportQueueTest, NeedsLeaveToMeasure) {
  EXPECT_THAT(queue_.Due(gate_.Pass(Purpose::kStore, Operation::kShow), 1),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(ReportQueueTest, ReadsWhatItWrote) {
  EXPECT_EQ(queue_.NextDueMs(), 0);
  queue_.Add(Report(1, kQueuedMs, 4));
  queue_.Add(Report(2, kQueuedMs + 1, 4));
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes bytes, queue_.Encode());
  BAYA_ASSERT_OK_AND_ASSIGN(const ReportQueue read, ReportQueue::Decode(bytes));
  ASSERT_THAT(read.reports(), SizeIs(2));
  EXPECT_EQ(read.reports()[1].id, Report(2, 0).id);
  EXPECT_EQ(read.reports()[1].due_ms, kQueuedMs + 1);
  EXPECT_EQ(read.reports()[1].made_ms, kQueuedMs - 1000);
  EXPECT_EQ(read.reports()[1].url, "https://leader.example/tasks/x/reports");
  EXPECT_THAT(read.reports()[1].body, ElementsAre(2, 2, 3));
  EXPECT_EQ(read.reports()[1].sequence, 0u) << "what was read is durable";
  bytes.push_back(0);
  EXPECT_THAT(ReportQueue::Decode(bytes), StatusIs(StatusCode::kInvalidArgument));
  bytes[0] = 2;
  EXPECT_THAT(ReportQueue::Decode(bytes), StatusIs(StatusCode::kUnimplemented));
}

TEST_F(ReportQueueTest, RefusesWhatIsCutOff) {
  queue_.Add(Report(1, kQueuedMs));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, queue_.Encode());
  EXPECT_THAT(ReportQueue::Decode(ByteView(bytes).first(0)), Not(IsOk()));
  EXPECT_THAT(ReportQueue::Decode(ByteView(bytes).first(1)), IsOk()) << "an empty queue";
  for (size_t size = 2; size < bytes.size(); ++size) {
    EXPECT_THAT(ReportQueue::Decode(ByteView(bytes).first(size)), Not(IsOk())) << size;
  }
}

TEST_F(ReportQueueTest, IsBounded) {
  while (!queue_.full()) queue_.Add(Report(1, kQueuedMs));
  EXPECT_THAT(queue_.reports(), SizeIs(kMaxWaiting));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, queue_.Encode());
  EXPECT_THAT(ReportQueue::Decode(bytes), IsOk());
  queue_.Add(Report(2, kQueuedMs));
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes more, queue_.Encode());
  EXPECT_THAT(ReportQueue::Decode(more), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::measure
