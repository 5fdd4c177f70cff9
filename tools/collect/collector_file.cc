#include "collect/collector_file.h"

#include <string_view>
#include <utility>

#include "base/secret_bytes.h"
#include "codec/base64url.h"
#include "codec/json.h"
#include "crypto/fixed_bytes.h"
#include "lib/files.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using codec::JsonValue;

constexpr size_t kMaxFileBytes = size_t{4} << 20;
constexpr uint64_t kVersion = 1;

class Reader {
 public:
  Reader(const JsonValue& object, std::string path) : object_(object), path_(std::move(path)) {}

  std::string Text(std::string_view name) const {
    return std::string(OrThrow(object_.StringAt(name), Doing(name)));
  }
  uint64_t Number(std::string_view name) const {
    return OrThrow(object_.Uint64At(name), Doing(name));
  }
  Bytes Blob(std::string_view name) const {
    return OrThrow(codec::DecodeBase64Url(Text(name)), Doing(name));
  }
  std::vector<std::string> Texts(std::string_view name) const {
    std::vector<std::string> texts;
    for (const JsonValue& element : OrThrow(object_.ElementsAt(name), Doing(name))) {
      texts.emplace_back(OrThrow(element.AsString(), Doing(name)));
    }
    return texts;
  }
  std::string Doing(std::string_view name) const { return path_ + ": " + std::string(name); }

 private:
  const JsonValue& object_;
  std::string path_;
};

CollectedTask ReadTask(const Reader& reader) {
  CollectedTask task;
  task.id = reader.Text("id");
  const auto id = OrThrow(crypto::FixedBytes<32>(reader.Blob("id")), reader.Doing("id"));
  task.task =
      OrThrow(dap::MakeTask(id, reader.Blob("configuration")), reader.Doing("configuration"));
  task.name = reader.Text("name");
  task.title = reader.Text("title");
  task.measurement = reader.Text("measurement");
  task.policy = reader.Text("policy");
  task.mechanism = reader.Text("mechanism");
  task.epsilon_micro = reader.Number("epsilon_micro");
  task.sensitivity = reader.Number("sensitivity");
  task.labels = reader.Texts("labels");
  if (task.labels.size() != task.task.histogram.length) {
    throw ToolError(reader.Doing("labels") + ": not one for each bucket");
  }
  const bool noisy = task.mechanism == "discrete_laplace";
  if (!noisy && task.mechanism != "none") {
    throw ToolError(reader.Doing("mechanism") + ": not one that this program knows");
  }
  if (noisy && (task.epsilon_micro == 0 || task.sensitivity == 0)) {
    throw ToolError(reader.Doing("epsilon_micro") + ": at least 1");
  }
  return task;
}

}  // namespace

const CollectedTask& Collector::Find(const std::string& name_or_id) const {
  std::string names;
  for (const CollectedTask& task : tasks) {
    if (task.name == name_or_id || task.id == name_or_id) return task;
    names += (names.empty() ? "" : ", ") + task.name;
  }
  throw ToolError("there is no task " + name_or_id + "; there are " + names);
}

Collector ReadCollector(const std::string& path) {
  const SecretBytes file = ReadSecretFile(path, kMaxFileBytes);
  codec::JsonLimits limits;
  limits.max_bytes = kMaxFileBytes;
  const JsonValue json = OrThrow(codec::ParseJson(AsText(file.Expose()), limits), path);
  const Reader reader(json, path);
  if (reader.Text("format") != "baya.collector" || reader.Number("version") != kVersion) {
    throw ToolError(path + " is not a file that this version of baya tasks makes");
  }
  Collector collector;
  collector.leader = reader.Text("leader");
  collector.token = reader.Text("token");
  collector.key.config =
      OrThrow(dap::DecodeHpkeConfig(reader.Blob("hpke_config")), reader.Doing("hpke_config"));
  collector.key.private_key = SecretBytes::CopyOf(reader.Blob("private_key"));
  for (const JsonValue& task : OrThrow(json.ElementsAt("tasks"), path)) {
    collector.tasks.push_back(ReadTask(Reader(task, path)));
  }
  return collector;
}

}  // namespace baya::tools
