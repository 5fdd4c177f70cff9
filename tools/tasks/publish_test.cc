#include "tasks/publish.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/testing/status_matchers.h"
#include "base/testing/test_host.h"
#include "codec/base64url.h"
#include "codec/json.h"
#include "dap/task.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kLeader[] = "https://leader.example/dap";
constexpr char kHelper[] = "https://helper.example";

std::vector<TaskDefinition> Definitions() {
  return ParseDefinitions(R"({"tasks": [{
    "name": "liked", "title": "What is liked", "text": "The kind you look at most.",
    "policy": "production", "mechanism": "discrete_laplace", "epsilon": 0.5, "min_batch_size": 100,
    "period_s": 604800, "window_s": 2592000, "delay_s": 3600, "time_precision_s": 3600,
    "measurement": "category_interest", "signals": ["viewed"],
    "labels": ["Lamps", "Mugs", "other"]}]})",
                          "x.json");
}

codec::JsonValue Parse(const SecretBytes& file) { return *codec::ParseJson(AsText(file.Expose())); }

std::string TextAt(const codec::JsonValue& json, const char* name) {
  return std::string(*json.StringAt(name));
}

TEST(Publish, TheSectionHoldsWhatTheConfigurationBinds) {
  testing::TestHost host;
  const TaskFiles files = MakeTaskFiles(Definitions(), kLeader, kHelper, host);
  BAYA_ASSERT_OK_AND_ASSIGN(const auto section, measure::DecodeTasks(files.section));
  ASSERT_THAT(section, SizeIs(1));
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::TaskConfiguration configuration,
                            dap::DecodeTaskConfiguration(section[0].configuration));
  const measure::TaskInfo info = measure::TaskInfoOf(section[0].encoded_descriptor);
  EXPECT_TRUE(BytesEqual(configuration.task_info, info));
  EXPECT_EQ(configuration.leader_aggregator_endpoint, kLeader);
  EXPECT_EQ(configuration.helper_aggregator_endpoint, kHelper);
  EXPECT_EQ(configuration.min_batch_size, 100U);
  BAYA_ASSERT_OK_AND_ASSIGN(const dap::Task task,
                            dap::MakeTask(section[0].id, section[0].configuration));
  EXPECT_EQ(task.histogram.length, 3U);
  EXPECT_EQ(section[0].descriptor.epsilon_micro, 500'000U);
}

TEST(Publish, EachPartyGetsItsOwnSecrets) {
  testing::TestHost host;
  const TaskFiles files = MakeTaskFiles(Definitions(), kLeader, kHelper, host);
  const auto leader = Parse(files.leader);
  const auto helper = Parse(files.helper);
  const auto collector = Parse(files.collector);
  EXPECT_EQ(TextAt(leader, "role"), "leader");
  EXPECT_EQ(TextAt(helper, "role"), "helper");
  EXPECT_EQ(TextAt(leader, "peer_url"), kHelper);
  const std::string verify_key = TextAt((*leader.ElementsAt("tasks"))[0], "verify_key");
  EXPECT_EQ(verify_key, TextAt((*helper.ElementsAt("tasks"))[0], "verify_key"));
  EXPECT_EQ(codec::DecodeBase64Url(verify_key)->size(), 32U);

  const std::string collector_text(AsText(files.collector.Expose()));
  const std::string helper_text(AsText(files.helper.Expose()));
  const std::string leader_text(AsText(files.leader.Expose()));
  EXPECT_THAT(collector_text, Not(HasSubstr(verify_key)));
  EXPECT_THAT(files.description, Not(HasSubstr(verify_key)));
  EXPECT_THAT(helper_text, Not(HasSubstr(TextAt(leader, "aggregator_token"))));
  for (const std::string& other : {leader_text, helper_text, files.description}) {
    EXPECT_THAT(other, Not(HasSubstr(TextAt(collector, "token"))));
    EXPECT_THAT(other, Not(HasSubstr(TextAt(collector, "private_key"))));
  }
}

TEST(Publish, NewKeysEachTime) {
  testing::TestHost host;
  const TaskFiles one = MakeTaskFiles(Definitions(), kLeader, kHelper, host);
  const TaskFiles two = MakeTaskFiles(Definitions(), kLeader, kHelper, host);
  EXPECT_NE(measure::DecodeTasks(one.section)->front().id,
            measure::DecodeTasks(two.section)->front().id);
  for (const char* name : {"token", "private_key"}) {
    EXPECT_NE(TextAt(Parse(one.collector), name), TextAt(Parse(two.collector), name));
  }
}

TEST(Publish, Addresses) {
  testing::TestHost host;
  const auto make = [&](const char* leader, const char* helper) {
    return MakeTaskFiles(Definitions(), leader, helper, host);
  };
  EXPECT_NO_THROW(make("http://127.0.0.1:8081", "http://localhost:8082"));
  EXPECT_THROW(make("http://leader.example", kHelper), ToolError);
  EXPECT_THROW(make(kLeader, "helper.example"), ToolError);
  EXPECT_THROW(make(kLeader, kLeader), ToolError);
  EXPECT_THROW(make("https://leader.example/", kHelper), ToolError);
  EXPECT_THROW(make(kLeader, "https://leader.example:443"), ToolError);
}

TEST(Publish, WhatDevicesRefuse) {
  testing::TestHost host;
  std::vector<TaskDefinition> definitions = Definitions();
  definitions[0].time_precision_s = 60;
  EXPECT_THROW(MakeTaskFiles(definitions, kLeader, kHelper, host), ToolError);
}

}  // namespace
}  // namespace baya::tools
