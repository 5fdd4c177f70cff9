#include "aggregator/leader_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "lib/testing/temp_dir.h"

namespace baya::aggregator {
namespace {

constexpr dap::Interval kDay{100, 24};

class LeaderStoreTest : public ::testing::Test {
 protected:
  LeaderStoreTest() {
    database_->Execute("PRAGMA synchronous=OFF");
    dap::Task task;
    task.id = {1};
    task.configuration = {1, 2, 3};
    task_ = AddTask(*database_, task);
  }

  dap::Report Report(uint32_t number, dap::Time time) {
    dap::Report report;
    report.report_metadata.report_id = {static_cast<uint8_t>(number),
                                        static_cast<uint8_t>(number >> 8)};
    report.report_metadata.time = time;
    return report;
  }

  void Upload(uint32_t number, dap::Time time = kDay.start) {
    EXPECT_TRUE(AddUpload(*database_, task_, Report(number, time), Bytes(50, 7)));
  }

  // By walking through them.
  int64_t Counted() {
    Query query = database_->Prepare("SELECT count(*) FROM input_share");
    return query.Step() ? query.Int(0) : -1;
  }

  std::vector<ShareKey> Waiting() {
    std::vector<ShareKey> keys;
    for (const WaitingShare& share : WaitingShares(*database_, task_, 1000)) {
      keys.push_back(share.key);
    }
    return keys;
  }

  tools::testing::TempDir folder_;
  std::string path_ = folder_.Path("leader.sqlite");
  std::unique_ptr<Database> database_ = OpenDatabase(path_, dap::Role::kLeader);
  TaskKey task_ = 0;
};

TEST_F(LeaderStoreTest, TheNumberThatWaitsIsKept) {
  EXPECT_EQ(CountShares(*database_), 0);
  for (uint32_t i = 0; i < 300; ++i) Upload(i);
  EXPECT_EQ(CountShares(*database_), 300);
  EXPECT_FALSE(AddUpload(*database_, task_, Report(7, kDay.start), Bytes(50, 7)));
  EXPECT_EQ(CountShares(*database_), 300);

  std::vector<ShareKey> keys = Waiting();
  DeleteShares(*database_, std::vector<ShareKey>(keys.begin(), keys.begin() + 20));
  keys.erase(keys.begin(), keys.begin() + 20);
  const JobKey abandoned = AddJob(*database_, task_, Bytes{1}, keys);
  AbandonJob(*database_, abandoned);
  EXPECT_EQ(CountShares(*database_), 280);
  const JobKey job =
      AddJob(*database_, task_, Bytes{1}, std::vector<ShareKey>(keys.begin(), keys.begin() + 80));
  DeleteJob(*database_, job);
  EXPECT_EQ(CountShares(*database_), 200);
  EXPECT_EQ(CountShares(*database_), Counted());
}

TEST_F(LeaderStoreTest, WhatIsUndoneDoesNotCount) {
  {
    const Transaction transaction(*database_);
    Upload(1);
    EXPECT_EQ(CountShares(*database_), 1);
  }
  EXPECT_EQ(CountShares(*database_), 0);
  Transaction transaction(*database_);
  {
    const Savepoint savepoint(*database_);
    Upload(2);
  }
  Upload(3);
  transaction.Commit();
  EXPECT_EQ(CountShares(*database_), 1);
  EXPECT_EQ(Counted(), 1);
}

TEST_F(LeaderStoreTest, OfAnIntervalAsManyAsMatter) {
  for (uint32_t i = 0; i < 10; ++i) Upload(i, kDay.start + dap::Time{i} * 6);
  EXPECT_EQ(CountShares(*database_, task_, kDay, 100), 4);
  EXPECT_EQ(CountShares(*database_, task_, kDay, 2), 2);
  EXPECT_EQ(CountShares(*database_, task_, kDay, UINT64_MAX), 4);
  EXPECT_EQ(CountShares(*database_, task_ + 1, kDay, 100), 0);
}

// Against the definition: an interval that has a moment in common.
TEST_F(LeaderStoreTest, ClosedIntervals) {
  const std::vector<dap::Interval> closed = {{10, 5}, {20, 1}, {21, 9}, {40, 2}};
  for (const dap::Interval& interval : closed) Close(*database_, task_, interval);
  for (dap::Time start = 5; start < 45; ++start) {
    for (dap::Time duration = 1; duration < 40; ++duration) {
      const bool any = std::any_of(closed.begin(), closed.end(), [&](const dap::Interval& one) {
        return one.start < start + duration && start < one.start + one.duration;
      });
      EXPECT_EQ(AnyClosed(*database_, task_, {start, duration}), any) << start << "+" << duration;
    }
  }
  EXPECT_FALSE(AnyClosed(*database_, task_ + 1, {0, 1000}));
}

// Whatever an upload, a job and a look for work ask, no table is walked through.
TEST_F(LeaderStoreTest, NothingIsScanned) {
  for (uint32_t i = 0; i < 10; ++i) {
    (void)IsClosed(*database_, task_, kDay.start);
    (void)CountShares(*database_);
    Upload(i);
  }
  const JobKey job = AddJob(*database_, task_, Bytes{1}, Waiting());
  (void)SharesOfJob(*database_, job);
  ReturnShares(*database_, job, std::vector<bool>(10, true));
  DeleteJob(*database_, job);
  (void)CountShares(*database_, task_, kDay, 5);
  AddCollectionJob(*database_, task_, {1}, Bytes{1}, kDay);
  for (CollectionJob& found : OpenCollectionJobs(*database_)) {
    EXPECT_TRUE(IsWaiting(*database_, found));
    UpdateCollectionJob(*database_, found);
  }
  EXPECT_TRUE(FindCollectionJob(*database_, task_, {1}).has_value());
  const std::vector<std::string> plans = database_->Plans();
  EXPECT_GT(plans.size(), 10U);
  for (const std::string& plan : plans) {
    // The rows of a subquery of ours, or an index of exactly those that are sought.
    const bool ours = plan.starts_with("SCAN SUBQUERY") || plan.starts_with("SCAN (subquery") ||
                      plan.find("collection_job_open") != std::string::npos;
    EXPECT_TRUE(!plan.starts_with("SCAN") || ours) << plan;
  }
}

// The tables of version 1, with what waited.
TEST_F(LeaderStoreTest, ADatabaseOfTheFirstVersionGoesOn) {
  for (uint32_t i = 0; i < 7; ++i) Upload(i);
  database_->Execute(
      "DROP TRIGGER input_share_comes; DROP TRIGGER input_share_goes; DROP TABLE waiting;"
      "DROP INDEX collection_job_open; PRAGMA user_version=" +
      std::to_string(static_cast<int>(dap::Role::kLeader) << 8 | 1));
  database_.reset();
  for (int i = 0; i < 2; ++i) {
    database_ = OpenDatabase(path_, dap::Role::kLeader);
    EXPECT_EQ(CountShares(*database_), 7 + i);
    Upload(100 + static_cast<uint32_t>(i));
    EXPECT_EQ(CountShares(*database_), Counted());
    database_.reset();
  }
  EXPECT_THROW(OpenDatabase(path_, dap::Role::kHelper), tools::ToolError);
}

}  // namespace
}  // namespace baya::aggregator
