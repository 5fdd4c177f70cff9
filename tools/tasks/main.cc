// baya-tasks: declares what is measured.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "lib/files.h"
#include "lib/run_tool.h"
#include "lib/system_host.h"
#include "lib/tool_error.h"
#include "tasks/definition.h"
#include "tasks/publish.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya tasks --definition tasks.def.json --leader https://leader.example/dap \\\n"
    "      --helper https://helper.example --out tasks\n"
    "  tools/baya pack --sections build/shop --tasks tasks/tasks.section --site example.com \\\n"
    "      --version 2 --key shop.key --out shop.pack\n"
    "\n"
    "tasks.section and tasks.json are public. leader.json goes to the operator of the leader,\n"
    "helper.json to that of the helper, collector.json stays with whoever reads the results: each\n"
    "to nobody else. A task never changes; changed words or epsilon make a new task.\n";

struct Options {
  std::string definition, leader, helper, out;
};

void Run(const Options& options) {
  SystemHost host;
  const std::vector<TaskDefinition> definitions = ReadDefinitions(options.definition);
  const TaskFiles files = MakeTaskFiles(definitions, options.leader, options.helper, host);
  std::error_code error;
  std::filesystem::create_directories(options.out, error);
  if (error) throw ToolError("cannot make " + options.out);
  if (!std::filesystem::is_empty(options.out)) {
    throw ToolError(options.out + " is not empty: keys are never overwritten");
  }
  const std::string folder = options.out + "/";
  WriteFile(folder + "tasks.section", files.section);
  WriteFile(folder + "tasks.json", AsBytes(files.description));
  WriteSecretFile(folder + "leader.json", files.leader);
  WriteSecretFile(folder + "helper.json", files.helper);
  WriteSecretFile(folder + "collector.json", files.collector);
  for (const TaskDefinition& task : definitions) {
    std::printf(
        "%s: %zu buckets, at least %u reports%s\n", task.name.c_str(), task.labels.size(),
        task.descriptor.min_batch_size,
        task.descriptor.mechanism == measure::Mechanism::kNone ? ", NO NOISE: for tests only" : "");
  }
}

int Main(int argc, char** argv) {
  CLI::App app("Declares what is measured: a file for each party", "tools/baya tasks");
  Options options;
  app.add_option("--definition", options.definition, "JSON file: what is measured")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--leader", options.leader, "Address of the leader")->required();
  app.add_option("--helper", options.helper, "Address of the helper")->required();
  app.add_option("--out", options.out, "New folder")->required();
  app.footer(kExamples);
  return RunTool(app, argc, argv, [&] { Run(options); });
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  try {
    return baya::tools::Main(argc, argv);
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "baya-tasks: %s\n", error.what());
    return 1;
  }
}
