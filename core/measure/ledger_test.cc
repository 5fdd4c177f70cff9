#include "measure/ledger.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "base/testing/status_matchers.h"
#include "consent/testing/open_gate.h"
#include "measure/limits.h"
#include "measure/testing/samples.h"

namespace baya::measure {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using consent::Operation;
using consent::Purpose;
using ::testing::Not;

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;
constexpr int64_t kWeekMs = 7 * kDayMs;
// In the middle of a week since 1970.
constexpr int64_t kNowMs = 2968 * kWeekMs + 3 * kDayMs;
constexpr uint64_t kBudget = 2'000'000;

// A charge comes from a ledger, is used up once, and cannot be made or copied otherwise.
static_assert(!std::is_default_constructible_v<Charge>);
static_assert(!std::is_copy_constructible_v<Charge>);
static_assert(!std::is_copy_assignable_v<Charge>);
static_assert(!std::is_constructible_v<Charge, TaskId, uint64_t>);

class LedgerTest : public ::testing::Test {
 protected:
  static Task MakeTask(uint8_t id, uint64_t epsilon_micro = 1'000'000) {
    Task task;
    task.id.fill(id);
    task.descriptor = testing::CategoryInterest();
    task.descriptor.epsilon_micro = epsilon_micro;
    return task;
  }

  Result<Charge> Pay(const Task& task, int64_t now_ms) {
    gate_.SetNowMs(now_ms);
    return ledger_.Pay(gate_.Pass(Purpose::kMeasure, Operation::kMeasure, "reports"), task,
                       kBudget);
  }

  consent::testing::OpenGate gate_{kNowMs};
  Ledger ledger_{kNowMs};
};

TEST_F(LedgerTest, ChargesOnceInEachEpochOfATask) {
  const Task task = MakeTask(1);
  BAYA_ASSERT_OK_AND_ASSIGN(const Charge charge, Pay(task, kNowMs));
  EXPECT_EQ(charge.task(), task.id);
  EXPECT_EQ(charge.epsilon_micro(), 1'000'000u);
  EXPECT_EQ(ledger_.SpentMicro(kNowMs), 1'000'000u);
  EXPECT_EQ(ledger_.Look(task, kBudget, kNowMs + kDayMs), Room::kReported);
  EXPECT_THAT(Pay(task, kNowMs + kDayMs), StatusIs(StatusCode::kAlreadyExists));
  EXPECT_EQ(ledger_.NextReportMs(task.id), 2969 * kWeekMs);
  EXPECT_THAT(Pay(task, 2969 * kWeekMs - 1), StatusIs(StatusCode::kAlreadyExists));
  EXPECT_THAT(Pay(task, 2969 * kWeekMs), IsOk());
  EXPECT_EQ(ledger_.SpentMicro(2969 * kWeekMs), 1'000'000u);
}

TEST_F(LedgerTest, TheBudgetIsSummedOverTasks) {
  BAYA_EXPECT_OK(Pay(MakeTask(1), kNowMs).status());
  BAYA_EXPECT_OK(Pay(MakeTask(2, 600'000), kNowMs).status());
  EXPECT_EQ(ledger_.Look(MakeTask(3, 400'001), kBudget, kNowMs), Room::kExhausted);
  EXPECT_THAT(Pay(MakeTask(3, 400'001), kNowMs), StatusIs(StatusCode::kResourceExhausted));
  EXPECT_EQ(ledger_.SpentMicro(kNowMs), 1'600'000u);
  BAYA_EXPECT_OK(Pay(MakeTask(3, 400'000), kNowMs).status());
  BAYA_EXPECT_OK(Pay(MakeTask(4, 0), kNowMs).status());
  EXPECT_EQ(ledger_.Look(MakeTask(5, 1), kBudget, kNowMs), Room::kExhausted);
}

TEST_F(LedgerTest, ASmallerBudgetThanWhatIsSpentHoldsNothing) {
  BAYA_EXPECT_OK(Pay(MakeTask(1), kNowMs).status());
  EXPECT_EQ(ledger_.Look(MakeTask(2, 0), 999'999, kNowMs), Room::kExhausted);
}

TEST_F(LedgerTest, AClockThatGoesBackRefillsNothing) {
  const Task task = MakeTask(1);
  BAYA_EXPECT_OK(Pay(task, kNowMs).status());
  BAYA_EXPECT_OK(Pay(MakeTask(2), kNowMs).status());
  for (const int64_t back_ms : {kDayMs, 10 * kWeekMs, kNowMs}) {
    EXPECT_EQ(ledger_.SpentMicro(kNowMs - back_ms), kBudget);
    EXPECT_EQ(ledger_.Look(task, kBudget, kNowMs - back_ms), Room::kReported);
    EXPECT_EQ(ledger_.Look(MakeTask(3), kBudget, kNowMs - back_ms), Room::kExhausted);
  }
  EXPECT_EQ(ledger_.Look(MakeTask(3), kBudget, -5), Room::kExhausted);
}

// A clock that ran ahead and came back: every epoch has had its budget once, and what comes before
// the newest one is over.
TEST_F(LedgerTest, AClockThatRanAheadRefillsNothing) {
  const Task task = MakeTask(1);
  BAYA_EXPECT_OK(Pay(task, kNowMs).status());
  BAYA_EXPECT_OK(Pay(task, kNowMs + 5 * kWeekMs).status());
  BAYA_EXPECT_OK(Pay(MakeTask(2), kNowMs + 5 * kWeekMs).status());
  for (int64_t week = 0; week <= 5; ++week) {
    EXPECT_EQ(ledger_.Look(MakeTask(3), kBudget, kNowMs + week * kWeekMs), Room::kExhausted)
        << week;
    EXPECT_EQ(ledger_.Look(task, kBudget, kNowMs + week * kWeekMs), Room::kReported) << week;
  }
  EXPECT_EQ(ledger_.Look(task, kBudget, kNowMs + 6 * kWeekMs), Room::kFree);
}

TEST_F(LedgerTest, WhatMayBeLostCountsAsSpent) {
  ledger_.CloseEpoch(kNowMs);
  EXPECT_EQ(ledger_.Look(MakeTask(1, 0), kBudget, kNowMs), Room::kExhausted);
  EXPECT_EQ(ledger_.Look(MakeTask(1), kBudget, kNowMs + kWeekMs), Room::kFree);
}

TEST_F(LedgerTest, NeedsLeaveToMeasure) {
  EXPECT_THAT(ledger_.Pay(gate_.Pass(Purpose::kStore, Operation::kShow), MakeTask(1), kBudget),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(ledger_.SpentMicro(kNowMs), 0u);
}

TEST_F(LedgerTest, ReadsWhatItWrote) {
  BAYA_EXPECT_OK(Pay(MakeTask(1), kNowMs).status());
  BAYA_EXPECT_OK(Pay(MakeTask(2, 500'000), kNowMs).status());
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes bytes, ledger_.Encode());
  BAYA_ASSERT_OK_AND_ASSIGN(const Ledger read, Ledger::Decode(bytes));
  EXPECT_EQ(*read.Encode(), bytes);
  EXPECT_EQ(read.SpentMicro(kNowMs), 1'500'000u);
  EXPECT_EQ(read.since_ms(), kNowMs);
  EXPECT_EQ(read.Look(MakeTask(2), kBudget, kNowMs), Room::kReported);
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(Ledger::Decode(ByteView(bytes).first(size)), Not(IsOk())) << size;
  }
  bytes.push_back(0);
  EXPECT_THAT(Ledger::Decode(bytes), StatusIs(StatusCode::kInvalidArgument));
  bytes.pop_back();
  bytes[0] = 2;
  EXPECT_THAT(Ledger::Decode(bytes), StatusIs(StatusCode::kUnimplemented));
}

// Whatever the clock says, what was written can be read.
TEST_F(LedgerTest, SurvivesAnyClock) {
  for (const int64_t now_ms : {INT64_MIN, int64_t{-1}, int64_t{0}, INT64_MAX}) {
    Ledger ledger(now_ms);
    consent::testing::OpenGate gate(now_ms);
    BAYA_ASSERT_OK(
        ledger
            .Pay(gate.Pass(Purpose::kMeasure, Operation::kMeasure, "reports"), MakeTask(1), kBudget)
            .status());
    BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, ledger.Encode());
    EXPECT_THAT(Ledger::Decode(bytes), IsOk()) << now_ms;
    EXPECT_EQ(ledger.SpentMicro(now_ms), 1'000'000u);
    EXPECT_GT(ledger.EpochEndMs(now_ms), 0);
  }
}

TEST_F(LedgerTest, RemembersABoundedNumberOfTasks) {
  for (uint8_t id = 0; id <= kMaxLedgerTasks; ++id) {
    BAYA_ASSERT_OK(Pay(MakeTask(id, 1), kNowMs).status());
  }
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, ledger_.Encode());
  EXPECT_THAT(Ledger::Decode(bytes), IsOk());
  EXPECT_EQ(ledger_.SpentMicro(kNowMs), kMaxLedgerTasks + 1);
}

}  // namespace
}  // namespace baya::measure
