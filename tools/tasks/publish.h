// From what a publisher wants measured to what each party is told.
//
// Format: core/docs/formats/task-files.md.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/host.h"
#include "base/secret_bytes.h"
#include "tasks/definition.h"

namespace baya::tools {

// How much one device can change a histogram: its report leaves one bucket and enters another.
inline constexpr uint64_t kHistogramSensitivity = 2;

struct TaskFiles {
  Bytes section;            // tasks.section, of the site pack: for everyone
  std::string description;  // tasks.json: the same, to be read by people
  SecretBytes leader;       // leader.json
  SecretBytes helper;       // helper.json
  SecretBytes collector;    // collector.json
};

// New task ids, keys and tokens each time it is called. Throws ToolError, also for an address
// that is neither https nor this machine's own.
TaskFiles MakeTaskFiles(const std::vector<TaskDefinition>& definitions, const std::string& leader,
                        const std::string& helper, Host& host);

}  // namespace baya::tools
