#include "tasks/definition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kTask[] = R"({
  "name": "category-interest", "title": "What is liked", "text": "The kind you look at most.",
  "policy": "production", "mechanism": "discrete_laplace", "epsilon": 0.5, "min_batch_size": 100,
  "period_s": 604800, "window_s": 2592000, "delay_s": 3600, "time_precision_s": 3600,
  "measurement": "category_interest", "signals": ["viewed", "ordered"],
  "labels": ["Lamps", "Mugs", "other"]
})";

std::string File(const std::string& tasks) { return R"({"tasks": [)" + tasks + "]}"; }

// The task with one member replaced, or taken out with `value` empty.
std::string With(const std::string& name, const std::string& value) {
  std::string task = kTask;
  const size_t begin = task.find('"' + name + '"');
  const size_t colon = task.find(':', begin);
  size_t end = colon + 1;
  int depth = 0;
  while (depth > 0 || (task[end] != ',' && task[end] != '}' && task[end] != '\n')) {
    depth += (task[end] == '[') - (task[end] == ']');
    ++end;
  }
  if (value.empty()) return task.erase(begin, end - begin + (task[end] == ',' ? 1 : 0));
  return task.replace(colon + 1, end - colon - 1, value);
}

std::string ErrorOf(const std::string& text) {
  try {
    ParseDefinitions(text, "x.json");
  } catch (const ToolError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Definition, ATask) {
  const auto tasks = ParseDefinitions(File(kTask), "x.json");
  ASSERT_THAT(tasks, SizeIs(1));
  const measure::Descriptor descriptor = tasks[0].View();
  EXPECT_EQ(descriptor.name, "category-interest");
  EXPECT_EQ(descriptor.epsilon_micro, 500'000U);
  EXPECT_EQ(descriptor.signals, measure::kViewed | measure::kOrdered);
  EXPECT_THAT(descriptor.labels, ElementsAre("Lamps", "Mugs", "other"));
  EXPECT_THAT(SignalWords(descriptor.signals), ElementsAre("viewed", "ordered"));
  EXPECT_EQ(tasks[0].time_precision_s, 3600U);
}

TEST(Definition, AConversionHasItsOwnLabels) {
  const auto tasks = ParseDefinitions(File(R"({
    "name": "conversion", "title": "Did it help", "text": "Whether what was shown was bought.",
    "policy": "test", "mechanism": "none", "min_batch_size": 1, "period_s": 1, "window_s": 1,
    "delay_s": 0, "time_precision_s": 60, "measurement": "conversion_after_recommendation"})"),
                                      "x.json");
  EXPECT_THAT(tasks[0].labels, ElementsAre("shown nothing", "shown, bought nothing",
                                           "bought something else", "bought what was shown"));
}

TEST(Definition, SaysWhichTaskAndMember) {
  EXPECT_THAT(ErrorOf(File(With("policy", "\"later\""))),
              HasSubstr("x.json, task 1, policy: not one of production, test"));
  EXPECT_THAT(ErrorOf(File(With("epsilon", "0.0000001"))), HasSubstr("task 1, epsilon"));
  EXPECT_THAT(ErrorOf(File(With("epsilon", "-1"))), HasSubstr("task 1, epsilon"));
  EXPECT_THAT(ErrorOf(File(With("period_s", "4294967296"))), HasSubstr("task 1, period_s"));
  EXPECT_THAT(ErrorOf(File(With("signals", R"(["looked"])"))), HasSubstr("task 1, signals"));
  EXPECT_THAT(ErrorOf(File(With("time_precision_s", "0"))), HasSubstr("time_precision_s"));
  EXPECT_THAT(ErrorOf(File(With("title", ""))), HasSubstr("task 1, title"));
  EXPECT_THAT(ErrorOf(File(With("min_batch_size", "19"))),
              HasSubstr("min_batch_size: at least 20 in production"));
  EXPECT_THAT(ErrorOf(File(With("period_s", "86399"))),
              HasSubstr("period_s: at least 86400 in production"));
  EXPECT_THAT(ErrorOf(File(With("time_precision_s", "3599"))),
              HasSubstr("time_precision_s: at least 3600 in production"));
  EXPECT_THAT(ErrorOf(File(With("window_s", "0"))), HasSubstr("window_s: at least 1"));
  EXPECT_THAT(ErrorOf(File(With("epsilon", "0"))), HasSubstr("epsilon: above 0 with noise"));
  EXPECT_THAT(ErrorOf(File(With("mechanism", "\"none\""))), HasSubstr("epsilon: above 0"));
  EXPECT_THAT(ErrorOf(File(With("labels", "7"))), HasSubstr("task 1, labels"));
}

TEST(Definition, RefusesWhatTheDescriptorDoes) {
  for (const auto& [member, value] : {std::pair<std::string, std::string>{"mechanism", "\"none\""},
                                      {"epsilon", "0"},
                                      {"min_batch_size", "3"},
                                      {"labels", R"(["Lamps", "Lamps"])"},
                                      {"name", "\"\""}}) {
    EXPECT_THAT(ErrorOf(File(With(member, value))), HasSubstr("x.json, task 1")) << member;
  }
}

TEST(Definition, RefusesWhatItDoesNotKnow) {
  std::string extra = kTask;
  extra.insert(1, R"("epsilon_micro": 3, )");
  EXPECT_THAT(ErrorOf(File(extra)), HasSubstr("epsilon_micro: not a member"));
  EXPECT_THAT(ErrorOf(File(std::string(kTask) + "," + kTask)), HasSubstr("two tasks"));
  EXPECT_THAT(ErrorOf(File("")), HasSubstr("no task"));
  EXPECT_THAT(ErrorOf("{}"), HasSubstr("tasks"));
  EXPECT_THAT(ErrorOf("nonsense"), HasSubstr("x.json"));
}

}  // namespace
}  // namespace baya::tools
