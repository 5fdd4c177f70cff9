#include "tasks/definition.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "codec/json.h"
#include "lib/files.h"
#include "lib/tool_error.h"
#include "measure/limits.h"

namespace baya::tools {
namespace {

using codec::JsonValue;
using measure::Measurement;
using measure::Mechanism;
using measure::Policy;

constexpr size_t kMaxFileBytes = size_t{1} << 20;

template <typename T>
struct Word {
  std::string_view text;
  T value;
};

constexpr std::array<Word<Policy>, 2> kPolicies = {
    {{"production", Policy::kProduction}, {"test", Policy::kTest}}};
constexpr std::array<Word<Mechanism>, 2> kMechanisms = {
    {{"none", Mechanism::kNone}, {"discrete_laplace", Mechanism::kDiscreteLaplace}}};
constexpr std::array<Word<Measurement>, 2> kMeasurements = {
    {{"category_interest", Measurement::kCategoryInterest},
     {"conversion_after_recommendation", Measurement::kConversionAfterRecommendation}}};
constexpr std::array<Word<uint8_t>, 3> kSignals = {
    {{"viewed", measure::kViewed}, {"added", measure::kAdded}, {"ordered", measure::kOrdered}}};

// In the order of measure::Conversion.
constexpr std::array<std::string_view, measure::kConversions> kConversionLabels = {
    "shown nothing", "shown, bought nothing", "bought something else", "bought what was shown"};

constexpr std::array<std::string_view, 14> kMembers = {
    "name",     "title",    "text",    "policy",      "mechanism", "epsilon", "min_batch_size",
    "period_s", "window_s", "delay_s", "measurement", "signals",   "labels",  "time_precision_s"};

template <typename T, size_t N>
std::string WordOf(const std::array<Word<T>, N>& words, T value) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [value](const Word<T>& word) { return word.value == value; });
  return std::string(found == words.end() ? std::string_view("?") : found->text);
}

// One task's object. Errors name the task and the member.
class TaskReader {
 public:
  TaskReader(const JsonValue& task, std::string where) : task_(task), where_(std::move(where)) {}

  std::string Text(std::string_view name) const {
    return std::string(OrThrow(task_.StringAt(name), Doing(name)));
  }
  uint32_t Seconds(std::string_view name) const {
    const uint64_t value = OrThrow(task_.Uint64At(name), Doing(name));
    if (value > UINT32_MAX) Fail(name, "too large");
    return static_cast<uint32_t>(value);
  }
  template <typename T, size_t N>
  T OneOf(std::string_view name, const std::array<Word<T>, N>& words) const {
    return Find(name, Text(name), words);
  }
  template <typename T, size_t N>
  T Find(std::string_view name, std::string_view text, const std::array<Word<T>, N>& words) const {
    std::string known;
    for (const Word<T>& word : words) {
      if (word.text == text) return word.value;
      known += (known.empty() ? "" : ", ") + std::string(word.text);
    }
    Fail(name, "not one of " + known);
  }
  std::vector<std::string> Texts(std::string_view name) const {
    std::vector<std::string> texts;
    for (const JsonValue& element : OrThrow(task_.ElementsAt(name), Doing(name))) {
      texts.emplace_back(OrThrow(element.AsString(), Doing(name)));
    }
    return texts;
  }
  // Millionths of a decimal number with at most six digits behind the point.
  uint64_t Micro(std::string_view name) const {
    const double value = OrThrow(task_.DoubleAt(name), Doing(name));
    const double micro = std::round(value * 1e6);
    if (!(value >= 0) || value > 1e6 || std::abs(micro - value * 1e6) > 1e-3) {
      Fail(name, "not a number from 0 to 1,000,000 with at most six decimals");
    }
    return static_cast<uint64_t>(micro);
  }
  bool Has(std::string_view name) const { return task_.Member(name).ok(); }

  void RefuseUnknownMembers() const {
    for (const codec::JsonMember& member : OrThrow(task_.Members(), where_)) {
      if (std::find(kMembers.begin(), kMembers.end(), member.name) == kMembers.end()) {
        Fail(member.name, "not a member that a task has");
      }
    }
  }
  // As Seconds, for a number that has a least value in production.
  uint32_t AtLeast(std::string_view name, Policy policy, uint64_t least) const {
    const uint32_t value = Seconds(name);
    if (value == 0) Fail(name, "at least 1");
    if (policy == Policy::kProduction && value < least) {
      Fail(name, "at least " + std::to_string(least) + " in production");
    }
    return value;
  }
  [[noreturn]] void Fail(std::string_view name, const std::string& what) const {
    throw ToolError(Doing(name) + ": " + what);
  }
  const std::string& where() const { return where_; }

 private:
  std::string Doing(std::string_view name) const { return where_ + ", " + std::string(name); }

  const JsonValue& task_;
  std::string where_;
};

TaskDefinition ReadTask(const TaskReader& reader) {
  reader.RefuseUnknownMembers();
  TaskDefinition task;
  task.name = reader.Text("name");
  task.title = reader.Text("title");
  task.text = reader.Text("text");
  measure::Descriptor& descriptor = task.descriptor;
  descriptor.policy = reader.OneOf("policy", kPolicies);
  descriptor.mechanism = reader.OneOf("mechanism", kMechanisms);
  if (reader.Has("epsilon")) descriptor.epsilon_micro = reader.Micro("epsilon");
  const Policy policy = descriptor.policy;
  if ((descriptor.mechanism == Mechanism::kNone) != (descriptor.epsilon_micro == 0)) {
    reader.Fail("epsilon", "above 0 with noise, and left out with the mechanism none");
  }
  if (policy == Policy::kProduction && descriptor.mechanism == Mechanism::kNone) {
    reader.Fail("mechanism", "none is for the policy test alone");
  }
  descriptor.min_batch_size =
      reader.AtLeast("min_batch_size", policy, measure::kMinProductionBatch);
  descriptor.period_s = reader.AtLeast("period_s", policy, measure::kMinProductionPeriodS);
  descriptor.window_s = reader.AtLeast("window_s", policy, 1);
  descriptor.delay_s = reader.Seconds("delay_s");
  descriptor.measurement = reader.OneOf("measurement", kMeasurements);
  if (descriptor.measurement == Measurement::kCategoryInterest) {
    task.labels = reader.Texts("labels");
    for (const std::string& signal : reader.Texts("signals")) {
      descriptor.signals |= reader.Find("signals", signal, kSignals);
    }
  } else {
    for (const char* const name : {"labels", "signals"}) {
      if (reader.Has(name)) reader.Fail(name, "a conversion has its own");
    }
    task.labels.assign(kConversionLabels.begin(), kConversionLabels.end());
  }
  task.time_precision_s =
      reader.AtLeast("time_precision_s", policy, measure::kMinProductionPrecisionS);
  OrThrow(measure::Check(task.View()), reader.where());
  return task;
}

}  // namespace

measure::Descriptor TaskDefinition::View() const {
  measure::Descriptor view = descriptor;
  view.name = name;
  view.title = title;
  view.text = text;
  view.labels.assign(labels.begin(), labels.end());
  return view;
}

std::vector<TaskDefinition> ParseDefinitions(const std::string& text, const std::string& path) {
  const JsonValue json = OrThrow(codec::ParseJson(text), path);
  std::vector<TaskDefinition> tasks;
  for (const JsonValue& task : OrThrow(json.ElementsAt("tasks"), path + ", tasks")) {
    tasks.push_back(
        ReadTask(TaskReader(task, path + ", task " + std::to_string(tasks.size() + 1))));
    const auto same = [&tasks](const TaskDefinition& one) { return one.name == tasks.back().name; };
    if (std::count_if(tasks.begin(), tasks.end(), same) > 1) {
      throw ToolError(path + ": two tasks have the name " + tasks.back().name);
    }
  }
  if (tasks.empty()) throw ToolError(path + ": no task");
  return tasks;
}

std::vector<TaskDefinition> ReadDefinitions(const std::string& path) {
  return ParseDefinitions(std::string(AsText(ReadFile(path, kMaxFileBytes))), path);
}

std::string PolicyWord(Policy policy) { return WordOf(kPolicies, policy); }
std::string MechanismWord(Mechanism mechanism) { return WordOf(kMechanisms, mechanism); }
std::string MeasurementWord(Measurement measurement) { return WordOf(kMeasurements, measurement); }

std::vector<std::string> SignalWords(uint8_t signals) {
  std::vector<std::string> words;
  for (const Word<uint8_t>& word : kSignals) {
    if ((signals & word.value) != 0) words.emplace_back(word.text);
  }
  return words;
}

}  // namespace baya::tools
