// make_reports SECTION TASK LEADER_CONFIG HELPER_CONFIG: makes reports as a device would, for
// tests.
//
// SECTION is the tasks.section of `baya tasks`, TASK a task's name, the configurations are what the
// aggregators answer to GET /hpke_config. Reads lines `unix_s measurement`; writes the body of one
// upload in hex for each.
#include <iostream>
#include <optional>
#include <string>

#include "codec/hex.h"
#include "dap/client.h"
#include "lib/files.h"
#include "lib/system_host.h"
#include "lib/tool_error.h"
#include "measure/task.h"

namespace baya::tools {
namespace {

constexpr size_t kMaxFileBytes = size_t{1} << 20;

dap::HpkeConfig ConfigIn(const std::string& path) {
  return OrThrow(dap::SelectHpkeConfig(ReadFile(path, kMaxFileBytes)), path);
}

dap::Task TaskIn(const std::string& path, const std::string& name) {
  const Bytes section = ReadFile(path, kMaxFileBytes);
  const std::vector<measure::Task> tasks = OrThrow(measure::DecodeTasks(section), path);
  for (const measure::Task& task : tasks) {
    if (task.descriptor.name != name) continue;
    return OrThrow(dap::MakeTask(task.id, task.configuration), name);
  }
  throw ToolError("no task " + name);
}

void Run(char** argv) {
  const dap::Task task = TaskIn(argv[1], argv[2]);
  const dap::HpkeConfig leader = ConfigIn(argv[3]);
  const dap::HpkeConfig helper = ConfigIn(argv[4]);
  SystemHost host;
  uint64_t unix_s = 0;
  uint64_t measurement = 0;
  while (std::cin >> unix_s >> measurement) {
    const dap::ClientReport report = OrThrow(
        dap::MakeReport(task, leader, helper, task.TimeAt(unix_s), measurement, host), "a report");
    std::cout << codec::EncodeHex(report.encoded) << '\n';
  }
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "make_reports SECTION TASK LEADER_CONFIG HELPER_CONFIG\n";
    return 2;
  }
  try {
    baya::tools::Run(argv);
    return 0;
  } catch (const baya::tools::ToolError& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
