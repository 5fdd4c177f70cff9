#include "aggregator/config.h"

#include <string_view>
#include <utility>

#include "aggregator/promise.h"
#include "codec/base64url.h"
#include "codec/json.h"
#include "crypto/fixed_bytes.h"
#include "lib/files.h"
#include "lib/tool_error.h"

namespace baya::aggregator {
namespace {

using codec::JsonValue;
using tools::OrThrow;
using tools::ToolError;

constexpr size_t kMaxFileBytes = size_t{1} << 20;
constexpr uint64_t kVersion = 1;

// Reads members of one object and names the file in every error.
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
    return OrThrow(codec::DecodeBase64Url(OrThrow(object_.StringAt(name), Doing(name))),
                   Doing(name));
  }
  template <size_t N>
  std::array<uint8_t, N> Fixed(std::string_view name) const {
    return OrThrow(crypto::FixedBytes<N>(Blob(name)), Doing(name));
  }
  std::span<const JsonValue> Elements(std::string_view name) const {
    return OrThrow(object_.ElementsAt(name), Doing(name));
  }
  std::string Doing(std::string_view name) const { return path_ + ": " + std::string(name); }

 private:
  const JsonValue& object_;
  std::string path_;
};

TaskSettings ReadTask(const Reader& reader) {
  TaskSettings task;
  task.name = reader.Text("name");
  task.parameters.task =
      OrThrow(dap::MakeTask(reader.Fixed<32>("id"), reader.Blob("configuration")),
              reader.Doing("configuration"));
  const uint64_t key_id = reader.Number("verify_key_id");
  if (key_id > UINT8_MAX) throw ToolError(reader.Doing("verify_key_id") + ": not 0 to 255");
  task.parameters.verification_key_id = static_cast<uint8_t>(key_id);
  task.parameters.vdaf_verify_key = SecretBytes::CopyOf(reader.Blob("verify_key"));
  task.parameters.collector_hpke_config =
      OrThrow(dap::DecodeHpkeConfig(reader.Blob("collector_hpke_config")),
              reader.Doing("collector_hpke_config"));
  task.noise = OrThrow(PromisedNoise(task.parameters.task, reader.Blob("descriptor")),
                       reader.Doing("descriptor"));
  return task;
}

}  // namespace

Settings ReadSettings(const std::string& path, dap::Role role) {
  const SecretBytes file = tools::ReadSecretFile(path, kMaxFileBytes);
  const JsonValue json = OrThrow(codec::ParseJson(AsText(file.Expose())), path);
  const Reader reader(json, path);
  if (reader.Text("format") != "baya.aggregator" || reader.Number("version") != kVersion) {
    throw ToolError(path + " is not a file that this version of baya tasks makes");
  }
  const bool leader = role == dap::Role::kLeader;
  if (reader.Text("role") != (leader ? "leader" : "helper")) {
    throw ToolError(path + " is for the other aggregator");
  }
  Settings settings;
  settings.role = role;
  settings.url = reader.Text("url");
  settings.peer_url = reader.Text("peer_url");
  if (leader) {
    settings.aggregator_token = reader.Text("aggregator_token");
    settings.collector_token_sha256 = reader.Fixed<crypto::kSha256Bytes>("collector_token_sha256");
  } else {
    settings.aggregator_token_sha256 =
        reader.Fixed<crypto::kSha256Bytes>("aggregator_token_sha256");
  }
  for (const JsonValue& task : reader.Elements("tasks")) {
    settings.tasks.push_back(ReadTask(Reader(task, path)));
  }
  if (settings.tasks.empty()) throw ToolError(path + ": no task");
  return settings;
}

}  // namespace baya::aggregator
