// collector.json of `baya tasks`. Format: core/docs/formats/task-files.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dap/hpke_info.h"
#include "dap/task.h"

namespace baya::tools {

struct CollectedTask {
  dap::Task task;
  std::string id;  // base64url
  std::string name, title, measurement, policy, mechanism;
  uint64_t epsilon_micro = 0;
  uint64_t sensitivity = 0;
  std::vector<std::string> labels;  // [buckets]
};

struct Collector {
  std::string leader;
  std::string token;
  dap::HpkeKey key;
  std::vector<CollectedTask> tasks;

  // By name or id. Throws ToolError, which lists the names.
  const CollectedTask& Find(const std::string& name_or_id) const;
};

// Throws ToolError, also when others may read the file.
Collector ReadCollector(const std::string& path);

}  // namespace baya::tools
