#include "tasks/publish.h"

#include <string_view>
#include <utility>

#include "codec/base64url.h"
#include "codec/json.h"
#include "crypto/sha256.h"
#include "dap/hpke_info.h"
#include "dap/messages.h"
#include "dap/task.h"
#include "http/url.h"
#include "lib/tool_error.h"
#include "measure/agreement.h"
#include "vdaf/histogram.h"
#include "vdaf/prio3.h"

namespace baya::tools {
namespace {

using codec::EncodeBase64Url;
using codec::JsonValue;

constexpr uint64_t kFileVersion = 1;
constexpr uint8_t kVerifyKeyId = 1;
constexpr uint8_t kCollectorConfigId = 1;
constexpr size_t kTokenBytes = 32;

struct PublishedTask {
  const TaskDefinition* definition = nullptr;
  measure::TaskId id{};
  Bytes descriptor;
  Bytes configuration;
  SecretBytes verify_key;
};

// What several files share.
struct Parties {
  std::string leader, helper;
  std::string aggregator_token, collector_token;
  dap::HpkeKey collector;
};

PublishedTask MakeTask(const TaskDefinition& definition, const Parties& parties, Host& host) {
  PublishedTask task;
  task.definition = &definition;
  host.FillRandom(task.id);
  task.descriptor = OrThrow(measure::EncodeDescriptor(definition.View()), definition.name);
  dap::TaskConfiguration configuration;
  const measure::TaskInfo info = measure::TaskInfoOf(task.descriptor);
  configuration.task_info = ToBytes(info);
  configuration.leader_aggregator_endpoint = parties.leader;
  configuration.helper_aggregator_endpoint = parties.helper;
  configuration.time_precision_s = definition.time_precision_s;
  configuration.min_batch_size = definition.descriptor.min_batch_size;
  configuration.vdaf_type = vdaf::Histogram::kAlgorithmId;
  const auto buckets = static_cast<uint32_t>(definition.labels.size());
  configuration.vdaf_configuration =
      dap::EncodeHistogramConfig({buckets, dap::ChunkLengthFor(buckets)});
  task.configuration = OrThrow(dap::Encode(configuration), definition.name);
  // What devices would refuse is not published.
  OrThrow(measure::Agree({task.id, task.configuration, task.descriptor, definition.View()}),
          definition.name);
  task.verify_key = SecretBytes(vdaf::Prio3::kVerifyKeySize);
  host.FillRandom(task.verify_key.ExposeMutable());
  return task;
}

std::string MakeToken(Host& host) {
  SecretBytes token(kTokenBytes);
  host.FillRandom(token.ExposeMutable());
  return EncodeBase64Url(token.Expose());
}

std::string TokenHash(const std::string& token) {
  return EncodeBase64Url(crypto::Sha256(AsBytes(token)));
}

JsonValue Texts(const std::vector<std::string>& texts) {
  JsonValue list = JsonValue::Array();
  for (const std::string& text : texts) list.Append(text);
  return list;
}

JsonValue File(std::string_view format) {
  JsonValue file = JsonValue::Object();
  file.Set("format", format);
  file.Set("version", kFileVersion);
  return file;
}

std::string Text(const JsonValue& file) {
  return OrThrow(codec::WriteJson(file, codec::JsonStyle::kIndented), "writing JSON");
}

SecretBytes SecretText(const JsonValue& file) { return SecretBytes::CopyOf(AsBytes(Text(file))); }

// Open to everyone, and the Collector's too.
JsonValue Description(const PublishedTask& task) {
  const TaskDefinition& definition = *task.definition;
  const measure::Descriptor& descriptor = definition.descriptor;
  JsonValue json = JsonValue::Object();
  json.Set("id", EncodeBase64Url(task.id));
  json.Set("configuration", EncodeBase64Url(task.configuration));
  json.Set("descriptor", EncodeBase64Url(task.descriptor));
  json.Set("name", definition.name);
  json.Set("title", definition.title);
  json.Set("text", definition.text);
  json.Set("policy", PolicyWord(descriptor.policy));
  json.Set("adjacency", "replace_one");
  json.Set("mechanism", MechanismWord(descriptor.mechanism));
  json.Set("epsilon_micro", descriptor.epsilon_micro);
  json.Set("sensitivity", kHistogramSensitivity);
  json.Set("min_batch_size", descriptor.min_batch_size);
  json.Set("time_precision_s", definition.time_precision_s);
  json.Set("period_s", descriptor.period_s);
  json.Set("window_s", descriptor.window_s);
  json.Set("delay_s", descriptor.delay_s);
  json.Set("measurement", MeasurementWord(descriptor.measurement));
  json.Set("signals", Texts(SignalWords(descriptor.signals)));
  json.Set("labels", Texts(definition.labels));
  return json;
}

JsonValue Descriptions(const std::vector<PublishedTask>& tasks) {
  JsonValue list = JsonValue::Array();
  for (const PublishedTask& task : tasks) list.Append(Description(task));
  return list;
}

std::string PublicFile(const std::vector<PublishedTask>& tasks, const Parties& parties) {
  JsonValue file = File("baya.tasks");
  file.Set("leader", parties.leader);
  file.Set("helper", parties.helper);
  file.Set("tasks", Descriptions(tasks));
  return Text(file);
}

SecretBytes AggregatorFile(const std::vector<PublishedTask>& tasks, const Parties& parties,
                           bool leader) {
  JsonValue file = File("baya.aggregator");
  file.Set("role", leader ? "leader" : "helper");
  file.Set("url", leader ? parties.leader : parties.helper);
  file.Set("peer_url", leader ? parties.helper : parties.leader);
  if (leader) {
    file.Set("aggregator_token", parties.aggregator_token);
    file.Set("collector_token_sha256", TokenHash(parties.collector_token));
  } else {
    file.Set("aggregator_token_sha256", TokenHash(parties.aggregator_token));
  }
  const std::string collector =
      EncodeBase64Url(OrThrow(dap::Encode(parties.collector.config), "the Collector's key"));
  JsonValue list = JsonValue::Array();
  for (const PublishedTask& task : tasks) {
    JsonValue json = JsonValue::Object();
    json.Set("name", task.definition->name);
    json.Set("id", EncodeBase64Url(task.id));
    json.Set("configuration", EncodeBase64Url(task.configuration));
    json.Set("descriptor", EncodeBase64Url(task.descriptor));
    json.Set("verify_key_id", kVerifyKeyId);
    json.Set("verify_key", EncodeBase64Url(task.verify_key.Expose()));
    json.Set("collector_hpke_config", collector);
    list.Append(std::move(json));
  }
  file.Set("tasks", std::move(list));
  return SecretText(file);
}

SecretBytes CollectorFile(const std::vector<PublishedTask>& tasks, const Parties& parties) {
  JsonValue file = File("baya.collector");
  file.Set("leader", parties.leader);
  file.Set("token", parties.collector_token);
  file.Set("hpke_config",
           EncodeBase64Url(OrThrow(dap::Encode(parties.collector.config), "the Collector's key")));
  file.Set("private_key", EncodeBase64Url(parties.collector.private_key.Expose()));
  file.Set("tasks", Descriptions(tasks));
  return SecretText(file);
}

Bytes Section(const std::vector<PublishedTask>& tasks) {
  std::vector<measure::Task> section;
  section.reserve(tasks.size());
  for (const PublishedTask& task : tasks) {
    section.push_back({task.id, task.configuration, task.descriptor, task.definition->View()});
  }
  return OrThrow(measure::EncodeTasks(section), "the pack's section");
}

// "The use of HTTPS is REQUIRED"; on one machine there is nobody between.
void CheckAddress(const std::string& text) {
  const http::Url url = OrThrow(http::ParseUrl(text), text);
  if (!url.secure && !url.loopback) {
    throw ToolError(text + ": an address that is not of this machine must be https");
  }
  if (text.back() == '/') throw ToolError(text + ": without a slash at the end");
}

}  // namespace

TaskFiles MakeTaskFiles(const std::vector<TaskDefinition>& definitions, const std::string& leader,
                        const std::string& helper, Host& host) {
  CheckAddress(leader);
  CheckAddress(helper);
  if (leader == helper) throw ToolError("leader and helper must be two servers");
  Parties parties{leader, helper, MakeToken(host), MakeToken(host),
                  OrThrow(dap::MakeHpkeKey(kCollectorConfigId, host), "the Collector's key")};
  std::vector<PublishedTask> tasks;
  tasks.reserve(definitions.size());
  for (const TaskDefinition& definition : definitions) {
    tasks.push_back(MakeTask(definition, parties, host));
  }
  return {Section(tasks), PublicFile(tasks, parties), AggregatorFile(tasks, parties, true),
          AggregatorFile(tasks, parties, false), CollectorFile(tasks, parties)};
}

}  // namespace baya::tools
