#include "aggregator/hpke_keys.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>

#include "codec/base64url.h"
#include "codec/json.h"
#include "crypto/x25519.h"
#include "lib/files.h"
#include "lib/tool_error.h"

namespace baya::aggregator {
namespace {

using codec::JsonValue;
using tools::OrThrow;
using tools::ToolError;

constexpr size_t kMaxFileBytes = 64 << 10;
constexpr int64_t kKeptS = 2 * kConfigMaxAgeS;

struct StoredKey {
  dap::HpkeKey key;
  int64_t made_s = 0;                 // seconds since 1970
  std::optional<int64_t> replaced_s;  // no longer announced since
};

StoredKey ReadKey(const JsonValue& json) {
  StoredKey stored;
  stored.key.config =
      OrThrow(dap::DecodeHpkeConfig(OrThrow(
                  codec::DecodeBase64Url(OrThrow(json.StringAt("config"), "config")), "config")),
              "config");
  stored.key.private_key = SecretBytes::CopyOf(OrThrow(
      codec::DecodeBase64Url(OrThrow(json.StringAt("private_key"), "private_key")), "private_key"));
  const auto public_key =
      OrThrow(crypto::x25519::PublicKeyOf(stored.key.private_key), "private_key");
  if (!dap::IsSupported(stored.key.config) ||
      !BytesEqual(public_key, stored.key.config.public_key)) {
    throw ToolError("a key that does not belong to its configuration");
  }
  stored.made_s = OrThrow(json.Int64At("made_s"), "made_s");
  if (json.Member("replaced_s").ok()) {
    stored.replaced_s = OrThrow(json.Int64At("replaced_s"), "replaced_s");
  }
  return stored;
}

std::vector<StoredKey> ReadKeys(const std::string& path) {
  std::vector<StoredKey> keys;
  if (!std::filesystem::exists(path)) return keys;
  const SecretBytes file = tools::ReadSecretFile(path, kMaxFileBytes);
  try {
    const JsonValue json = OrThrow(codec::ParseJson(AsText(file.Expose())), "reading it");
    for (const JsonValue& key : OrThrow(json.ElementsAt("keys"), "keys")) {
      keys.push_back(ReadKey(key));
    }
  } catch (const ToolError& error) {
    throw ToolError(path + ": " + error.what());
  }
  return keys;
}

void WriteKeys(const std::string& path, const std::vector<StoredKey>& keys) {
  JsonValue list = JsonValue::Array();
  for (const StoredKey& stored : keys) {
    JsonValue key = JsonValue::Object();
    key.Set("config", codec::EncodeBase64Url(OrThrow(dap::Encode(stored.key.config), "a key")));
    key.Set("private_key", codec::EncodeBase64Url(stored.key.private_key.Expose()));
    key.Set("made_s", stored.made_s);
    if (stored.replaced_s) key.Set("replaced_s", *stored.replaced_s);
    list.Append(std::move(key));
  }
  JsonValue json = JsonValue::Object();
  json.Set("keys", std::move(list));
  const std::string text = OrThrow(WriteJson(json, codec::JsonStyle::kIndented), "the keys");
  const std::string beside = path + ".new";
  unlink(beside.c_str());
  tools::WriteSecretFile(beside, SecretBytes::CopyOf(AsBytes(text)));
  if (std::rename(beside.c_str(), path.c_str()) != 0) throw ToolError("cannot write " + path);
}

// One that no key of ours has had lately, so that a report sealed to a lost key is told from one
// that was damaged.
uint8_t NextId(const std::vector<StoredKey>& keys, Host& host) {
  uint8_t id = 0;
  host.FillRandom({&id, 1});
  const auto taken = [&keys](uint8_t one) {
    return std::any_of(keys.begin(), keys.end(),
                       [one](const StoredKey& key) { return key.key.config.id == one; });
  };
  while (taken(id)) ++id;
  return id;
}

}  // namespace

std::vector<dap::HpkeKey> LoadHpkeKeys(const std::string& path, const HpkeKeyOptions& options,
                                       Host& host) {
  std::vector<StoredKey> keys = ReadKeys(path);
  const int64_t now_s = host.NowMs() / 1000;
  const size_t before = keys.size();
  std::erase_if(keys, [&](const StoredKey& key) {
    return options.drop_old && key.replaced_s && now_s - *key.replaced_s > kKeptS;
  });
  const bool make = keys.empty() || options.new_key;
  if (make) {
    // 256 ids; each key is kept for two days.
    if (keys.size() >= 100) throw ToolError(path + " holds too many keys that are still in use");
    StoredKey stored;
    stored.key = OrThrow(dap::MakeHpkeKey(NextId(keys, host), host), "a key");
    stored.made_s = now_s;
    if (!keys.empty()) keys.front().replaced_s = now_s;
    keys.insert(keys.begin(), std::move(stored));
  }
  if (make || keys.size() != before) WriteKeys(path, keys);
  std::vector<dap::HpkeKey> result;
  result.reserve(keys.size());
  for (StoredKey& key : keys) result.push_back(std::move(key.key));
  return result;
}

Bytes AnnouncedConfig(const std::vector<dap::HpkeKey>& keys) {
  return OrThrow(dap::EncodeHpkeConfigList({&keys.front().config, 1}), "the configuration");
}

}  // namespace baya::aggregator
