#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/testing/test_host.h"
#include "dap/hpke_info.h"
#include "engine/limits.h"
#include "engine/testing/device_fixture.h"
#include "measure/limits.h"
#include "measure/testing/built_task.h"
#include "measure/testing/samples.h"

namespace baya::engine {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr int64_t kHourMs = 3'600'000;
constexpr int64_t kWeekMs = 7 * kDayMs;

constexpr uint8_t kInterest = 1;
constexpr uint8_t kConversion = 2;

// A row of measureTasks, owned.
struct Seen {
  std::string state;
  std::string preview;  // empty: none
  uint64_t next_ms = 0;
};

class DeviceMeasureTest : public testing::DeviceTest {
 protected:
  void SetUp() override { pack_ = PackWith({Interest(), Conversion()}); }

  static measure::testing::BuiltTask Interest() {
    return measure::testing::Build(kInterest, measure::testing::CategoryInterest());
  }
  static measure::testing::BuiltTask Conversion() {
    return measure::testing::Build(kConversion, measure::testing::Conversion());
  }

  static Bytes PackWith(const std::vector<measure::testing::BuiltTask>& tasks,
                        const PlanSection& plan = testing::Plan()) {
    pack::SealRequest request = pack::testing::LampsAndMugs().Request();
    request.sections.push_back({pack::SectionType::kPlan, EncodePlanSection(plan).value()});
    request.sections.push_back({pack::SectionType::kTasks, measure::testing::SectionOf(tasks)});
    return pack::Seal(request, pack::testing::TestSeed()).value();
  }

  void GrantMeasure() { Choose({{"store", true}, {"personalize", true}, {"measure", true}}); }
  void Measuring() {
    NewPage();
    GrantMeasure();
  }

  std::vector<uint8_t> Due() {
    auto reply = page().DueReports();
    EXPECT_THAT(reply, IsOk());
    std::vector<uint8_t> ids;
    if (!reply.ok()) return ids;
    for (const DueReport& report : (*reply)->reports) ids.push_back(report.task_id[0]);
    return ids;
  }

  static Bytes ConfigOf(const dap::HpkeKey& key) {
    return dap::EncodeHpkeConfigList({{key.config}}).value();
  }

  Status MakeUnflushed(uint8_t id) {
    const Bytes task_id(32, id);
    return page()
        .MakeReport({.task_id = task_id,
                     .leader_configs = ConfigOf(leader_),
                     .helper_configs = ConfigOf(helper_)})
        .status();
  }
  Status Make(uint8_t id) {
    BAYA_RETURN_IF_ERROR(MakeUnflushed(id));
    return page().FlushAll();
  }

  // The bodies that may be sent now.
  std::vector<Bytes> Uploads() {
    auto reply = page().TakeUploads();
    EXPECT_THAT(reply, IsOk());
    std::vector<Bytes> bodies;
    if (!reply.ok()) return bodies;
    for (const Upload& upload : (*reply)->uploads) bodies.push_back(ToBytes(upload.body));
    return bodies;
  }

  // Tells the engine what the leader said of everything that may be sent now.
  void Sent(bool accepted) {
    BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().TakeUploads());
    for (const Upload& upload : reply->uploads) {
      BAYA_ASSERT_OK(page().UploadDone({.id = upload.id, .accepted = accepted}));
    }
    BAYA_ASSERT_OK(page().FlushAll());
  }

  Seen TaskNow(uint8_t id) {
    auto reply = page().MeasureTasks();
    EXPECT_THAT(reply, IsOk());
    for (const MeasureTask& task : (*reply)->tasks) {
      if (task.id[0] != id) continue;
      return {std::string(task.state),
              task.has_preview ? std::string(task.labels.at(task.preview)) : "", task.next_ms};
    }
    return {};
  }
  uint64_t SpentMicro() {
    auto reply = page().MeasureTasks();
    EXPECT_THAT(reply, IsOk());
    return (*reply)->spent_micro;
  }
  // "state label" of each report.
  std::vector<std::string> Log() {
    auto reply = page().ReportLog();
    EXPECT_THAT(reply, IsOk());
    std::vector<std::string> lines;
    for (const LoggedReport& report : (*reply)->reports) {
      lines.push_back(std::string(report.state) + " " + std::string(report.label));
    }
    return lines;
  }

 private:
  baya::testing::TestHost keys_{99};

 protected:
  dap::HpkeKey leader_ = dap::MakeHpkeKey(1, keys_).value();
  dap::HpkeKey helper_ = dap::MakeHpkeKey(2, keys_).value();
};

TEST_F(DeviceMeasureTest, NothingIsDueWithoutConsentOrWithoutEvents) {
  NewPage();
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_EQ(TaskNow(kInterest).state, "off");
  GrantAll();
  See("Product Viewed", "mug-1", "m1");
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_EQ(TaskNow(kInterest).state, "off");
  EXPECT_EQ(TaskNow(kInterest).preview, "mugs") << "the person sees what would be sent";
  EXPECT_THAT(Make(kInterest), StatusIs(StatusCode::kPermissionDenied));
  EXPECT_EQ(SpentMicro(), 0u);
  GrantMeasure();
  EXPECT_THAT(Due(), ElementsAre(kInterest, kConversion));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto due, page().DueReports());
  EXPECT_EQ(due->reports[0].leader_config_url, "https://leader.example/hpke_config");
  EXPECT_EQ(due->reports[0].helper_config_url, "https://helper.example/dap/hpke_config");
}

TEST_F(DeviceMeasureTest, WithoutAnEventThereIsNothingToReport) {
  Measuring();
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_EQ(TaskNow(kInterest).state, "nothing");
  EXPECT_THAT(Make(kInterest), StatusIs(StatusCode::kNotFound));
  EXPECT_EQ(SpentMicro(), 0u);
}

TEST_F(DeviceMeasureTest, AReportIsChargedOnceInAnEpoch) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  EXPECT_EQ(TaskNow(kInterest).state, "ready");
  BAYA_ASSERT_OK(Make(kInterest));
  EXPECT_THAT(Due(), ElementsAre(kConversion));
  EXPECT_THAT(Make(kInterest), StatusIs(StatusCode::kAlreadyExists));
  EXPECT_EQ(SpentMicro(), 1'000'000u);
  const Seen seen = TaskNow(kInterest);
  EXPECT_EQ(seen.state, "reported");
  EXPECT_EQ(static_cast<int64_t>(seen.next_ms), (NowMs() / kWeekMs + 1) * kWeekMs);
  NewPage();
  EXPECT_THAT(Due(), ElementsAre(kConversion));
  EXPECT_EQ(SpentMicro(), 1'000'000u);
  Wait(kWeekMs);
  EXPECT_EQ(SpentMicro(), 0u);
  EXPECT_THAT(Due(), ElementsAre(kInterest, kConversion));
}

TEST_F(DeviceMeasureTest, TellsWhenToAskAgain) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK_AND_ASSIGN(const auto before, page().DueReports());
  EXPECT_EQ(before->next_ms, 0u);
  BAYA_ASSERT_OK(Make(kInterest));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto after, page().DueReports());
  EXPECT_EQ(after->next_ms, TaskNow(kInterest).next_ms);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto uploads, page().TakeUploads());
  EXPECT_GE(static_cast<int64_t>(uploads->next_ms), NowMs());
  EXPECT_LE(static_cast<int64_t>(uploads->next_ms), NowMs() + kHourMs);
}

TEST_F(DeviceMeasureTest, NothingIsGivenOutBeforeItIsDurableAndDue) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(MakeUnflushed(kInterest));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto waiting, page().TakeUploads());
  Wait(static_cast<int64_t>(waiting->next_ms) - NowMs());
  EXPECT_THAT(Uploads(), IsEmpty()) << "not durable";
  BAYA_ASSERT_OK(page().FlushAll());
  EXPECT_THAT(Uploads(), SizeIs(1));
  Wait(-1);
  EXPECT_THAT(Uploads(), IsEmpty()) << "not due";
}

TEST_F(DeviceMeasureTest, ARetrySendsTheSameBytes) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  Wait(kHourMs);
  const std::vector<Bytes> first = Uploads();
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(Uploads(), first);
  NewPage();
  EXPECT_EQ(Uploads(), first);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().TakeUploads());
  EXPECT_THAT(std::string(reply->uploads[0].url), HasSubstr("https://leader.example/tasks/"));
  EXPECT_EQ(SpentMicro(), 1'000'000u);
}

TEST_F(DeviceMeasureTest, WhatTheLeaderAnsweredForIsNotSentAgain) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  EXPECT_THAT(Log(), ElementsAre("waiting mugs"));
  Wait(kHourMs);
  Sent(true);
  EXPECT_THAT(Uploads(), IsEmpty());
  EXPECT_THAT(Log(), ElementsAre("sent mugs"));
  BAYA_ASSERT_OK(Make(kConversion));
  Wait(kHourMs);
  Sent(false);
  EXPECT_THAT(Uploads(), IsEmpty());
  NewPage();
  EXPECT_THAT(Uploads(), IsEmpty());
  EXPECT_THAT(Log(), ElementsAre("sent mugs", "refused shown nothing"));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto log, page().ReportLog());
  EXPECT_EQ(log->reports[0].leader_url, "https://leader.example/");
  EXPECT_EQ(log->reports[0].epsilon_micro, 1'000'000u);
  EXPECT_GT(log->reports[0].ended_ms, log->reports[0].made_ms);
  const Bytes unknown(16, 5);
  EXPECT_THAT(page().UploadDone({.id = unknown, .accepted = true}),
              StatusIs(StatusCode::kNotFound));
}

TEST_F(DeviceMeasureTest, WithdrawalBetweenQueueAndUploadSendsNothing) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  Wait(kHourMs);
  ASSERT_THAT(Uploads(), SizeIs(1));
  Choose({{"measure", false}});
  EXPECT_THAT(Uploads(), IsEmpty());
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_THAT(Log(), ElementsAre("withdrawn "));
  NewPage();
  EXPECT_THAT(Uploads(), IsEmpty());
  // Agreeing again brings back neither the report nor the budget.
  GrantMeasure();
  EXPECT_THAT(Uploads(), IsEmpty());
  EXPECT_THAT(Due(), ElementsAre(kConversion));
  EXPECT_EQ(SpentMicro(), 1'000'000u);
  EXPECT_THAT(Log(), ElementsAre("withdrawn "));
}

TEST_F(DeviceMeasureTest, GlobalPrivacyControlSendsNothing) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  Wait(kHourMs);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto heard, page().Signals({.global_privacy_control = true}));
  BAYA_ASSERT_OK(page().CarryOut(heard->effects));
  EXPECT_THAT(Uploads(), IsEmpty());
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_THAT(Log(), ElementsAre("withdrawn "));
}

TEST_F(DeviceMeasureTest, APauseHoldsBackAndLosesNothing) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  Wait(kHourMs);
  BAYA_ASSERT_OK(page().Pause({.paused = true}));
  EXPECT_THAT(Uploads(), IsEmpty());
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_THAT(Make(kConversion), StatusIs(StatusCode::kPermissionDenied));
  BAYA_ASSERT_OK(page().Pause({.paused = false}));
  EXPECT_THAT(Uploads(), SizeIs(1));
  EXPECT_THAT(Due(), ElementsAre(kConversion));
}

// Charge, report and log are one batch: after a crash all of them are there, or none.
TEST_F(DeviceMeasureTest, ACrashNeitherLosesAChargeNorChargesTwice) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(MakeUnflushed(kInterest));
  page().CrashAt(page().batches() + 1);
  EXPECT_THAT(page().FlushAll(), StatusIs(StatusCode::kUnavailable));
  NewPage();
  EXPECT_EQ(SpentMicro(), 0u);
  EXPECT_THAT(Log(), IsEmpty());
  EXPECT_THAT(Due(), ElementsAre(kInterest, kConversion));
  BAYA_ASSERT_OK(Make(kInterest));
  NewPage();
  EXPECT_EQ(SpentMicro(), 1'000'000u);
  EXPECT_THAT(Log(), ElementsAre("waiting mugs"));
  Wait(kHourMs);
  const std::vector<Bytes> sent = Uploads();
  ASSERT_THAT(sent, SizeIs(1));
  // The leader has it, and the page dies before that is written: the same bytes go again.
  BAYA_ASSERT_OK_AND_ASSIGN(const auto reply, page().TakeUploads());
  BAYA_ASSERT_OK(page().UploadDone({.id = reply->uploads[0].id, .accepted = true}));
  NewPage();
  EXPECT_EQ(Uploads(), sent);
  EXPECT_EQ(SpentMicro(), 1'000'000u);
}

TEST_F(DeviceMeasureTest, TheBudgetOfThePlanIsTheMost) {
  PlanSection plan = testing::Plan();
  plan.budget_epsilon_micro = 1'000'000;
  pack_ = PackWith({Interest(), Conversion()}, plan);
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kConversion));
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_EQ(TaskNow(kInterest).state, "no_budget");
  EXPECT_THAT(Make(kInterest), StatusIs(StatusCode::kResourceExhausted));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto tasks, page().MeasureTasks());
  EXPECT_EQ(tasks->budget_micro, 1'000'000u);
  EXPECT_EQ(tasks->spent_micro, 1'000'000u);
  Wait(kWeekMs);
  EXPECT_THAT(Due(), ElementsAre(kInterest, kConversion));
}

TEST_F(DeviceMeasureTest, ATestTaskNeedsAHostThatAllowsIt) {
  measure::Descriptor descriptor = measure::testing::CategoryInterest();
  descriptor.policy = measure::Policy::kTest;
  descriptor.mechanism = measure::Mechanism::kNone;
  descriptor.epsilon_micro = 0;
  descriptor.min_batch_size = 1;
  pack_ = PackWith({measure::testing::Build(5, descriptor)});
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  EXPECT_EQ(TaskNow(5).state, "refused");
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_THAT(Make(5), StatusIs(StatusCode::kPermissionDenied));
  const Bytes signer = testing::ShopSigner();
  BAYA_ASSERT_OK(page().SetPack({.signer = signer, .test_tasks = true, .pack = pack_}));
  EXPECT_THAT(Due(), ElementsAre(5));
  BAYA_ASSERT_OK(Make(5));
  EXPECT_EQ(SpentMicro(), 0u);
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(DeviceMeasureTest, WhatDisagreesIsRefused) {
  const measure::Descriptor descriptor = measure::testing::CategoryInterest();
  dap::TaskConfiguration configuration = measure::testing::ConfigurationOf(descriptor);
  configuration.task_info[1] ^= 1;
  pack_ = PackWith({measure::testing::Build(5, descriptor, configuration)});
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  EXPECT_EQ(TaskNow(5).state, "refused");
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(DeviceMeasureTest, ThePlanMustShowWhatIsMeasured) {
  PlanSection plan = testing::Plan();
  for (profile::PlannedField& field : plan.fields) {
    const bool quantity = field.name == "item.quantity";
    if (quantity) field.purposes = consent::PurposeSet::Of(consent::Purpose::kStore);
  }
  pack_ = PackWith({Interest()}, plan);
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  EXPECT_EQ(TaskNow(kInterest).state, "refused");
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(DeviceMeasureTest, ABadKeyCostsNothing) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  const Bytes task_id(32, kInterest);
  const Bytes leader = ConfigOf(leader_);
  for (const Bytes& helper : {Bytes{}, Bytes{1, 2, 3}, leader}) {
    EXPECT_THAT(
        page().MakeReport({.task_id = task_id, .leader_configs = leader, .helper_configs = helper}),
        Not(IsOk()));
  }
  EXPECT_EQ(SpentMicro(), 0u);
  EXPECT_THAT(Due(), ElementsAre(kInterest, kConversion));
  EXPECT_THAT(Make(77), StatusIs(StatusCode::kNotFound));
}

TEST_F(DeviceMeasureTest, ErasingEverythingBeginsAnewAndSaysSo) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto before, page().MeasureTasks());
  EXPECT_EQ(static_cast<int64_t>(before->since_ms), NowMs());
  Wait(1000);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto erased, page().Erase({.scope = 1}));
  BAYA_ASSERT_OK(page().CarryOut(erased->effects));
  BAYA_ASSERT_OK(page().FlushAll());
  GrantMeasure();
  BAYA_ASSERT_OK_AND_ASSIGN(const auto after, page().MeasureTasks());
  EXPECT_EQ(after->since_ms, 0u);
  EXPECT_EQ(after->spent_micro, 0u);
  EXPECT_THAT(Log(), IsEmpty());
  See("Product Viewed", "mug-1", "m2");
  BAYA_ASSERT_OK(Make(kInterest));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto anew, page().MeasureTasks());
  EXPECT_EQ(static_cast<int64_t>(anew->since_ms), NowMs());
}

TEST_F(DeviceMeasureTest, ErasingTheProfileAloneRefillsNothing) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  Wait(kHourMs);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto erased, page().Erase({.scope = 2, .name = "store"}));
  BAYA_ASSERT_OK(page().CarryOut(erased->effects));
  BAYA_ASSERT_OK(page().FlushAll());
  EXPECT_THAT(Uploads(), IsEmpty());
  EXPECT_THAT(Log(), IsEmpty());
  NewPage();
  EXPECT_EQ(SpentMicro(), 1'000'000u);
  EXPECT_THAT(Uploads(), IsEmpty());
  See("Product Viewed", "mug-1", "m2");
  EXPECT_THAT(Due(), ElementsAre(kConversion));
}

TEST_F(DeviceMeasureTest, ErasingTheMeasurementsDropsWhatWaits) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  Wait(kHourMs);
  BAYA_ASSERT_OK(page().Erase({.scope = 2, .name = "measure"}));
  EXPECT_THAT(Uploads(), IsEmpty());
  EXPECT_THAT(Log(), ElementsAre("withdrawn "));
  EXPECT_THAT(Due(), IsEmpty()) << "the purpose is withdrawn with it";
  GrantMeasure();
  EXPECT_THAT(Uploads(), IsEmpty());
}

// A charge may have been in what is lost.
TEST_F(DeviceMeasureTest, ADamagedStoreClosesTheBudget) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  size_t closed = 0;
  const auto whole = disk_.blobs.map();
  for (const auto& [name, bytes] : whole) {
    disk_.blobs.map() = whole;
    disk_.blobs.map()[name][bytes.size() / 2] ^= 1;
    NewPage();
    if (!page().MeasureTasks().ok()) continue;  // nothing opens
    EXPECT_GE(SpentMicro(), 1'000'000u) << name;
    EXPECT_THAT(Due(), Not(::testing::Contains(kInterest))) << name;
    if (SpentMicro() == 2'000'000u) ++closed;
  }
  EXPECT_GT(closed, 0u);
}

TEST_F(DeviceMeasureTest, WhatNobodyTakesIsGivenUp) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  Wait(measure::kMaxWaitMs - 1);
  BAYA_ASSERT_OK(page().Tick());
  EXPECT_THAT(Uploads(), SizeIs(1));
  Wait(kDayMs);
  BAYA_ASSERT_OK(page().Tick());
  EXPECT_THAT(Uploads(), IsEmpty());
  EXPECT_THAT(Log(), ElementsAre("given_up mugs"));
}

TEST_F(DeviceMeasureTest, AnInstanceThatLostTheVaultSendsNothing) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  Wait(kHourMs);
  testing::DeviceHost other(disk_, 77);
  other.clock().SetNowMs(NowMs());
  BAYA_ASSERT_OK(other.Begin(pack_, testing::ShopSigner()));
  BAYA_ASSERT_OK(
      other
          .Ingest({.caller = "page",
                   .events = {testing::Track("Product Viewed", "lamp-1", "m2", NowMs())}})
          .status());
  BAYA_ASSERT_OK(other.FlushAll());
  const Bytes record = testing::Track("Product Viewed", "lamp-1", "m3", NowMs());
  EXPECT_TRUE(Take(record).accepted);
  EXPECT_THAT(page().FlushAll(), StatusIs(StatusCode::kAborted));
  EXPECT_THAT(page().TakeUploads(), StatusIs(StatusCode::kAborted));
  EXPECT_THAT(page().DueReports(), StatusIs(StatusCode::kAborted));
}

TEST_F(DeviceMeasureTest, TheAccessLogCountsEveryMeasurement) {
  Measuring();
  See("Product Viewed", "mug-1", "m1");
  BAYA_ASSERT_OK(Make(kInterest));
  BAYA_ASSERT_OK_AND_ASSIGN(const auto log, page().AccessLog());
  const bool counted = std::any_of(log->rows.begin(), log->rows.end(), [](const AccessCount& row) {
    return row.caller == "reports" &&
           row.operation == static_cast<uint8_t>(consent::Operation::kMeasure) && row.allowed > 0;
  });
  EXPECT_TRUE(counted);
}

TEST_F(DeviceMeasureTest, ConversionFollowsTheShelf) {
  Measuring();
  TakeAndFlush(testing::Shown("for-you", {"lamp-1", "mug-1"}, "m1", NowMs()));
  EXPECT_EQ(TaskNow(kConversion).preview, "shown, bought nothing");
  Wait(1000);
  TakeAndFlush(testing::Order({"lamp-2"}, "m2", NowMs()));
  EXPECT_EQ(TaskNow(kConversion).preview, "bought something else");
  EXPECT_EQ(TaskNow(kInterest).preview, "lamps");
  Wait(31 * kDayMs);
  EXPECT_EQ(TaskNow(kConversion).preview, "") << "the window has passed";
  EXPECT_EQ(TaskNow(kConversion).state, "nothing");
}

}  // namespace
}  // namespace baya::engine
