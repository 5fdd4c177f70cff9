// baya-collect: what the reports of an interval add up to.
#include <chrono>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>

#include "collect/collector_file.h"
#include "collect/query.h"
#include "collect/result_file.h"
#include "lib/files.h"
#include "lib/run_tool.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya collect --collector tasks/collector.json --task category-interest \\\n"
    "      --from 2026-01-01 --to 2026-02-01 --out january.json\n"
    "\n"
    "The interval is from --from to just before --to, both multiples of the task's time "
    "precision.\n"
    "A report is collected once: intervals may not overlap. Asking for the same interval again\n"
    "gives the same result, with the same noise. The number of reports is exact; the counts carry\n"
    "the noise of both aggregators.\n";

struct Options {
  std::string collector, task, from, to, out;
  int wait_s = 120;
};

uint64_t TimeOf(const std::string& text, const char* option, uint64_t precision_s) {
  const std::optional<int64_t> time_ms = ParseTimeMs(text);
  if (!time_ms || *time_ms < 0 || *time_ms % 1000 != 0) {
    throw ToolError(std::string(option) + ": not a time: " + text);
  }
  const uint64_t time_s = static_cast<uint64_t>(*time_ms) / 1000;
  if (time_s % precision_s != 0) {
    throw ToolError(std::string(option) + ": not a multiple of the task's time precision, " +
                    std::to_string(precision_s) + " s; the one before it is " +
                    std::to_string(time_s - time_s % precision_s));
  }
  return time_s / precision_s;
}

void Run(const Options& options) {
  const Collector collector = ReadCollector(options.collector);
  const CollectedTask& task = collector.Find(options.task);
  const uint64_t precision_s = task.task.time_precision_s;
  const uint64_t from = TimeOf(options.from, "--from", precision_s);
  const uint64_t to = TimeOf(options.to, "--to", precision_s);
  if (to <= from) throw ToolError("--to must be later than --from");
  const dap::Interval interval{from, to - from};
  const dap::Aggregate aggregate =
      CollectBatch(collector, task, interval, std::chrono::seconds(options.wait_s));
  const std::string text = ResultText(task, interval, aggregate);
  if (options.out.empty()) {
    (void)std::fputs(text.c_str(), stdout);
  } else {
    WriteFile(options.out, AsBytes(text));
  }
}

int Main(int argc, char** argv) {
  CLI::App app("Fetches what the reports of an interval add up to", "tools/baya collect");
  Options options;
  app.add_option("--collector", options.collector, "collector.json of baya tasks")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--task", options.task, "Its name or id")->required();
  app.add_option("--from", options.from, "2026-01-01, 2026-01-01T12:00 or seconds since 1970")
      ->required();
  app.add_option("--to", options.to, "As --from; not part of the interval")->required();
  app.add_option("--out", options.out, "JSON file (standard output)");
  app.add_option("--wait", options.wait_s, "Seconds to wait for the aggregators (120)")
      ->check(CLI::Range(1, 86400));
  app.footer(kExamples);
  return RunTool(app, argc, argv, [&] { Run(options); });
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  try {
    return baya::tools::Main(argc, argv);
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "baya-collect: %s\n", error.what());
    return 1;
  }
}
