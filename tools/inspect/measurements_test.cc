#include "inspect/measurements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "dap/task.h"
#include "inspect/report.h"
#include "lib/tool_error.h"
#include "measure/task.h"
#include "pack/testing/shop_builder.h"
#include "plan/plan_json.h"

namespace baya::tools {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::ThrowsMessage;

constexpr std::string_view kPlan = R"({
  "version": 1, "currency": "EUR",
  "consent": {"version": "1", "texts": {"store": "Keep it.", "measure": "Count me."}},
  "fields": {"item.id": ["store", "measure"], "item.quantity": ["store", "measure"],
             "list.id": ["store", "measure"]}
})";

measure::Descriptor Interest(std::vector<std::string_view> labels) {
  measure::Descriptor descriptor;
  descriptor.name = "category-interest";
  descriptor.title = "What is liked";
  descriptor.text = "The kind that you look at most.";
  descriptor.epsilon_micro = 500'000;
  descriptor.min_batch_size = 100;
  descriptor.period_s = 604'800;
  descriptor.window_s = 2'592'000;
  descriptor.signals = measure::kViewed;
  descriptor.labels = std::move(labels);
  return descriptor;
}

Bytes TasksSection(const measure::Descriptor& descriptor) {
  const Bytes encoded = measure::EncodeDescriptor(descriptor).value();
  const measure::TaskInfo info = measure::TaskInfoOf(encoded);
  dap::TaskConfiguration configuration;
  configuration.task_info = ToBytes(info);
  configuration.leader_aggregator_endpoint = "https://leader.example";
  configuration.helper_aggregator_endpoint = "https://helper.example";
  configuration.time_precision_s = 3600;
  configuration.min_batch_size = descriptor.min_batch_size;
  configuration.vdaf_type = 3;
  configuration.vdaf_configuration =
      dap::EncodeHistogramConfig({static_cast<uint32_t>(descriptor.labels.size()), 1});
  const Bytes encoded_configuration = dap::Encode(configuration).value();
  measure::Task task;
  task.configuration = encoded_configuration;
  task.encoded_descriptor = encoded;
  task.descriptor = descriptor;
  return measure::EncodeTasks({task}).value();
}

Bytes FileOf(Bytes tasks, std::string_view plan) {
  pack::SealRequest request = pack::testing::LampsAndMugs().Request();
  request.sections.push_back({pack::SectionType::kTasks, std::move(tasks)});
  if (!plan.empty()) request.sections.push_back({pack::SectionType::kPlan, PlanFromJson(plan)});
  return pack::Seal(request, pack::testing::TestSeed()).value();
}

pack::SitePack Open(ByteView file) { return pack::SitePack::OpenFromAnySigner(file).value(); }

TEST(Measurements, InWords) {
  const Bytes file = FileOf(TasksSection(Interest({"lamps", "mugs", "other"})), kPlan);
  EXPECT_THAT(DescribePack(Open(file), file),
              AllOf(HasSubstr("measures\n  category-interest: What is liked\n"),
                    HasSubstr("3 answers, at most one in 7 days, about the last 30 days\n"),
                    HasSubstr("discrete Laplace, epsilon 0.5\n"), HasSubstr("100 or more\n"),
                    HasSubstr("https://leader.example\n"), HasSubstr("https://helper.example\n"),
                    Not(HasSubstr("doubtful"))));
  EXPECT_THAT(DoubtsAboutMeasurements(Open(file)), IsEmpty());
}

TEST(Measurements, NoneWithoutTasks) {
  const Bytes file =
      pack::Seal(pack::testing::LampsAndMugs().Request(), pack::testing::TestSeed()).value();
  EXPECT_THAT(DescribeMeasurements(Open(file)), IsEmpty());
  EXPECT_THAT(DoubtsAboutMeasurements(Open(file)), IsEmpty());
  EXPECT_THAT(DescribePack(Open(file), file), Not(HasSubstr("measures")));
}

TEST(Measurements, ALabelThatIsNoCategory) {
  const Bytes file = FileOf(TasksSection(Interest({"lamps", "cups", "other"})), kPlan);
  EXPECT_THAT(DoubtsAboutMeasurements(Open(file)),
              ElementsAre("task category-interest: \"cups\" is no item's first category, so nobody "
                          "is counted there"));
  EXPECT_THAT(DescribePack(Open(file), file),
              HasSubstr("  doubtful: task category-interest: \"cups\""));
}

TEST(Measurements, ATagIsNoCategory) {
  const auto tasks = TasksSection(Interest({"lamps", "eco-friendly", "other"}));
  EXPECT_THAT(DoubtsAboutMeasurements(Open(FileOf(tasks, kPlan))),
              ElementsAre(HasSubstr("\"eco-friendly\"")));
}

TEST(Measurements, APlanUnderWhichNobodyReports) {
  const Bytes tasks = TasksSection(Interest({"lamps", "mugs", "other"}));
  EXPECT_THAT(DoubtsAboutMeasurements(Open(FileOf(tasks, ""))), ElementsAre(HasSubstr("no plan")));
  std::string plan(kPlan);
  plan.replace(plan.find(R"("item.quantity": ["store", "measure"])"), 37,
               R"("item.quantity": ["store"])");
  EXPECT_THAT(DoubtsAboutMeasurements(Open(FileOf(tasks, plan))),
              ElementsAre("the plan does not let measure use item.quantity: no device reports"));
  plan = kPlan;
  plan.replace(plan.find(R"(, "measure": "Count me.")"), 24, "");
  EXPECT_THAT(DoubtsAboutMeasurements(Open(FileOf(tasks, plan))),
              ElementsAre(HasSubstr("no consent text for measure")));
}

TEST(Measurements, ASectionThatIsNone) {
  const Bytes file = FileOf(ToBytes(AsBytes("{\"tasks\": []}")), kPlan);
  EXPECT_THAT([&] { (void)DoubtsAboutMeasurements(Open(file)); },
              ThrowsMessage<ToolError>(HasSubstr("reading the tasks")));
}

}  // namespace
}  // namespace baya::tools
