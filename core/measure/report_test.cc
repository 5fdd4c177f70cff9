#include "measure/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <utility>
#include <vector>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"
#include "consent/testing/open_gate.h"
#include "dap/hpke_info.h"
#include "measure/testing/built_task.h"
#include "measure/testing/samples.h"

namespace baya::measure {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using consent::Operation;
using consent::Purpose;
using consent::Use;
using ::testing::SizeIs;

constexpr int64_t kReportedMs = 1'795'000'000'000;
constexpr uint64_t kLargeBudget = 100'000'000;

// There is no way to a report but with leave to measure and a charge, both used up by it.
template <typename U, typename C>
concept MakesReport = requires(U use, C charge, const Task& task, const dap::Task& dap,
                               const dap::Recipients& recipients, dap::ReportMaker& maker,
                               Host& host) {
  MakeReport(std::forward<U>(use), std::forward<C>(charge), task, dap, 0, recipients, maker, host);
};
static_assert(MakesReport<Use&&, Charge&&>);
static_assert(!MakesReport<const Use&, Charge&&>);
static_assert(!MakesReport<Use&&, const Charge&>);
static_assert(!MakesReport<Use&&, int>);
static_assert(!MakesReport<int, Charge&&>);

class ReportTest : public ::testing::Test {
 protected:
  void SetUp() override { BAYA_ASSERT_OK_AND_ASSIGN(dap_, Agree(built_.View())); }

  Use Measuring() { return gate_.Pass(Purpose::kMeasure, Operation::kMeasure, "reports"); }

  Charge Paid(const Task& task) {
    Ledger ledger(kReportedMs);
    return ledger.Pay(Measuring(), task, kLargeBudget).value();
  }

  Result<MadeReport> Make(uint32_t bucket) {
    const Task task = built_.View();
    return MakeReport(Measuring(), Paid(task), task, dap_, bucket, recipients_, maker_, host_);
  }

  // The report in `body`, opened by the one that `key` belongs to.
  Result<SecretBytes> Open(const Bytes& body, const dap::HpkeKey& key, dap::Role role,
                           const dap::Task& task) {
    BAYA_ASSIGN_OR_RETURN(const std::vector<dap::Report> reports, dap::DecodeUploadRequest(body));
    const dap::Report& report = reports.at(0);
    BAYA_ASSIGN_OR_RETURN(const Bytes aad,
                          dap::InputShareAad(task, report.report_metadata, report.public_share));
    return dap::Open(key, dap::InputShareInfo(role), aad,
                     role == dap::Role::kLeader ? report.leader_encrypted_input_share
                                                : report.helper_encrypted_input_share);
  }

  baya::testing::TestHost host_{1};
  consent::testing::OpenGate gate_{kReportedMs};
  testing::BuiltTask built_ = testing::Build(7, testing::CategoryInterest());
  dap::Task dap_;
  dap::HpkeKey leader_key_ = dap::MakeHpkeKey(1, host_).value();
  dap::HpkeKey helper_key_ = dap::MakeHpkeKey(2, host_).value();
  const Bytes leader_configs_ = dap::EncodeHpkeConfigList({{leader_key_.config}}).value();
  const Bytes helper_configs_ = dap::EncodeHpkeConfigList({{helper_key_.config}}).value();
  const dap::Recipients recipients_{leader_configs_, helper_configs_};
  dap::DirectReportMaker maker_{host_};
};

TEST_F(ReportTest, HoldsAHalfForEachAggregatorBoundToTheTask) {
  BAYA_ASSERT_OK_AND_ASSIGN(const MadeReport made, Make(1));
  const Bytes& body = made.waiting.body;
  EXPECT_THAT(Open(body, leader_key_, dap::Role::kLeader, dap_), IsOk());
  EXPECT_THAT(Open(body, helper_key_, dap::Role::kHelper, dap_), IsOk());
  Descriptor other = testing::CategoryInterest();
  other.text = "Counts something else.";
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::Task changed, Agree(testing::Build(7, other).View()));
  EXPECT_THAT(Open(body, leader_key_, dap::Role::kLeader, changed),
              StatusIs(StatusCode::kDataLoss));
  EXPECT_THAT(Open(body, helper_key_, dap::Role::kHelper, changed),
              StatusIs(StatusCode::kDataLoss));
}

TEST_F(ReportTest, SaysWhatThePersonMayRead) {
  BAYA_ASSERT_OK_AND_ASSIGN(const MadeReport made, Make(1));
  EXPECT_EQ(made.logged.id, made.waiting.id);
  EXPECT_EQ(made.logged.label, "mugs");
  EXPECT_EQ(made.logged.title, testing::CategoryInterest().title);
  EXPECT_EQ(made.logged.epsilon_micro, 1'000'000u);
  EXPECT_EQ(made.logged.made_ms, kReportedMs);
  EXPECT_EQ(made.logged.leader_url, "https://leader.example/");
  EXPECT_EQ(made.logged.helper_url, "https://helper.example/dap/");
  EXPECT_EQ(made.waiting.url.rfind("https://leader.example/tasks/", 0), 0u);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reports, dap::DecodeUploadRequest(made.waiting.body));
  ASSERT_THAT(reports, SizeIs(1));
  EXPECT_EQ(reports[0].report_metadata.report_id, made.waiting.id);
  EXPECT_EQ(reports[0].report_metadata.time, static_cast<uint64_t>(kReportedMs / 1000 / 3600));
}

TEST_F(ReportTest, LeavesAtARandomTimeWithinTheDelay) {
  std::set<int64_t> hours;
  Descriptor descriptor = testing::CategoryInterest();
  descriptor.delay_s = 4 * 3600;
  built_ = testing::Build(7, descriptor);
  BAYA_ASSERT_OK_AND_ASSIGN(dap_, Agree(built_.View()));
  for (int i = 0; i < 60; ++i) {
    BAYA_ASSERT_OK_AND_ASSIGN(const MadeReport made, Make(0));
    EXPECT_EQ(made.waiting.made_ms, kReportedMs);
    EXPECT_GE(made.waiting.due_ms, kReportedMs);
    EXPECT_LE(made.waiting.due_ms, kReportedMs + 4 * 3'600'000);
    hours.insert((made.waiting.due_ms - kReportedMs) / 3'600'000);
  }
  EXPECT_GE(hours.size(), 4u);  // one of four is missed in 60 draws once in 10^7
  descriptor.delay_s = 0;
  built_ = testing::Build(7, descriptor);
  BAYA_ASSERT_OK_AND_ASSIGN(dap_, Agree(built_.View()));
  BAYA_ASSERT_OK_AND_ASSIGN(const MadeReport at_once, Make(0));
  EXPECT_EQ(at_once.waiting.due_ms, kReportedMs);
}

TEST_F(ReportTest, AllReportsOfATaskAreOfOneLength) {
  BAYA_ASSERT_OK_AND_ASSIGN(const MadeReport first, Make(0));
  for (const uint32_t bucket : {0u, 1u, 2u}) {
    BAYA_ASSERT_OK_AND_ASSIGN(const MadeReport made, Make(bucket));
    EXPECT_EQ(made.waiting.body.size(), first.waiting.body.size());
    EXPECT_NE(made.waiting.body, first.waiting.body);
  }
  EXPECT_THAT(Make(3), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(ReportTest, TakesOnlyItsOwnCharge) {
  const Task task = built_.View();
  const testing::BuiltTask other = testing::Build(8, testing::CategoryInterest());
  EXPECT_THAT(
      MakeReport(Measuring(), Paid(other.View()), task, dap_, 0, recipients_, maker_, host_),
      StatusIs(StatusCode::kInvalidArgument));
  Task cheaper = task;
  cheaper.descriptor.epsilon_micro = 1;
  EXPECT_THAT(MakeReport(Measuring(), Paid(cheaper), task, dap_, 0, recipients_, maker_, host_),
              StatusIs(StatusCode::kInvalidArgument));
  Use show = gate_.Pass(Purpose::kStore, Operation::kShow);
  EXPECT_THAT(MakeReport(std::move(show), Paid(task), task, dap_, 0, recipients_, maker_, host_),
              StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::measure
