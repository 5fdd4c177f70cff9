#include "inspect/measurements.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "dap/task.h"
#include "engine/site_plan.h"
#include "lib/tool_error.h"
#include "measure/task.h"
#include "profile/data_plan.h"

namespace baya::tools {
namespace {

using measure::Task;

// All of them, one behind the other.
std::string Joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

std::string Line(std::string_view name, std::string_view value) {
  return Joined({"    ", name, value, "\n"});
}

// Whole days where it is, else seconds.
std::string DurationText(uint32_t seconds) {
  constexpr uint32_t kDay = 24 * 3600;
  if (seconds % kDay != 0) return std::to_string(seconds) + " s";
  return std::to_string(seconds / kDay) + (seconds == kDay ? " day" : " days");
}

std::string EpsilonText(const measure::Descriptor& descriptor) {
  if (descriptor.mechanism == measure::Mechanism::kNone) return "none: a test";
  char text[64];
  (void)std::snprintf(text, sizeof text, "%.6g",
                      static_cast<double>(descriptor.epsilon_micro) / 1e6);
  return Joined({"discrete Laplace, epsilon ", text});
}

std::string DescribeTask(const Task& task) {
  const measure::Descriptor& descriptor = task.descriptor;
  const auto configuration =
      OrThrow(dap::DecodeTaskConfiguration(task.configuration), "reading a task");
  const std::string asks = Joined({std::to_string(descriptor.labels.size()),
                                   " answers, at most one in ", DurationText(descriptor.period_s),
                                   ", about the last ", DurationText(descriptor.window_s)});
  return Joined({"  ", descriptor.name, ": ", descriptor.title, "\n"}) + Line("asks      ", asks) +
         Line("noise     ", EpsilonText(descriptor)) +
         Line("devices   ", Joined({std::to_string(descriptor.min_batch_size), " or more"})) +
         Line("leader    ", configuration.leader_aggregator_endpoint) +
         Line("helper    ", configuration.helper_aggregator_endpoint);
}

std::vector<Task> TasksOf(const pack::SitePack& pack) {
  const std::optional<ByteView> section = pack.Section(pack::SectionType::kTasks);
  if (!section) return {};
  return OrThrow(measure::DecodeTasks(*section), "reading the tasks");
}

// Whether an item is counted under this category: its first one is.
bool IsFirstCategory(const pack::Shop& shop, std::string_view category) {
  for (pack::ItemIndex item = 0; item < shop.catalogue.size(); ++item) {
    const auto ids = shop.attributes.of(item);
    const auto first = std::find_if(ids.begin(), ids.end(), [&shop](pack::AttributeId id) {
      return shop.attributes.kind(id) == pack::AttributeKind::kCategory;
    });
    if (first != ids.end() && shop.attributes.name(*first) == category) return true;
  }
  return false;
}

void DoubtLabels(const pack::SitePack& pack, const Task& task, std::vector<std::string>& doubts) {
  const measure::Descriptor& descriptor = task.descriptor;
  if (descriptor.measurement != measure::Measurement::kCategoryInterest) return;
  for (size_t i = 0; i + 1 < descriptor.labels.size(); ++i) {
    const std::string_view label = descriptor.labels[i];
    if (pack.shop() != nullptr && IsFirstCategory(*pack.shop(), label)) continue;
    doubts.push_back(Joined({"task ", descriptor.name, ": \"", label,
                             "\" is no item's first category, so nobody is counted there"}));
  }
}

void DoubtPlan(const pack::SitePack& pack, std::vector<std::string>& doubts) {
  const std::optional<ByteView> section = pack.Section(pack::SectionType::kPlan);
  if (!section) {
    doubts.emplace_back("there are tasks and no plan: no device reports");
    return;
  }
  const engine::SitePlan plan = OrThrow(engine::ParseSitePlan(*section), "reading the plan");
  if (consent::FindDeclared(plan.policy, consent::Purpose::kMeasure) == nullptr) {
    doubts.emplace_back("the plan has no consent text for measure: no device reports");
  }
  for (const std::string_view field :
       {profile::field::kItemId, profile::field::kItemQuantity, profile::field::kListId}) {
    if (!profile::MayUse(plan.data, field, consent::Purpose::kMeasure)) {
      doubts.push_back(
          Joined({"the plan does not let measure use ", field, ": no device reports"}));
    }
  }
}

}  // namespace

std::string DescribeMeasurements(const pack::SitePack& pack) {
  std::string text;
  for (const Task& task : TasksOf(pack)) text += DescribeTask(task);
  for (const std::string& doubt : DoubtsAboutMeasurements(pack))
    text += Joined({"  doubtful: ", doubt, "\n"});
  return text;
}

std::vector<std::string> DoubtsAboutMeasurements(const pack::SitePack& pack) {
  std::vector<std::string> doubts;
  const std::vector<Task> tasks = TasksOf(pack);
  if (tasks.empty()) return doubts;
  DoubtPlan(pack, doubts);
  for (const Task& task : tasks) DoubtLabels(pack, task, doubts);
  return doubts;
}

}  // namespace baya::tools
