// What an aggregator is told: leader.json or helper.json of `baya tasks`.
//
// Format: core/docs/formats/task-files.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/secret_bytes.h"
#include "crypto/sha256.h"
#include "dap/aggregator.h"
#include "dap/messages.h"
#include "vdaf/discrete_laplace.h"

namespace baya::aggregator {

struct TaskSettings {
  std::string name;  // for log lines
  dap::AggregatorParameters parameters;
  std::optional<vdaf::DiscreteLaplace> noise;  // none: a test task
};

struct Settings {
  dap::Role role = dap::Role::kLeader;
  std::string url;       // ours, as in the tasks
  std::string peer_url;  // where the Leader reaches the Helper
  // The Leader sends this to the Helper, which keeps the hash alone.
  std::string aggregator_token;
  crypto::Sha256Digest aggregator_token_sha256{};
  crypto::Sha256Digest collector_token_sha256{};  // the Leader's
  std::vector<TaskSettings> tasks;
};

// Throws ToolError, also when others may read the file or it is for the other role.
Settings ReadSettings(const std::string& path, dap::Role role);

}  // namespace baya::aggregator
