// baya-eval: measures recommendation quality, always from an emitted pack through device code.
#include <cstdio>
#include <string>

#include "eval/replay.h"
#include "eval/strong.h"
#include "lib/run_tool.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya eval --interactions online-retail.csv.gz --protocol strong\n"
    "      one fold of five, under a minute\n"
    "  tools/baya eval --interactions online-retail.csv.gz --protocol strong --full\n"
    "      all five folds, as published figures are\n"
    "  tools/baya eval --interactions online-retail.csv.gz --users 600 --no-dense\n"
    "      a quick look at 600 users\n"
    "  tools/baya eval --interactions online-retail.csv.gz --protocol replay --split 2011-09-01\n"
    "      what a device gains from learning on, after the pack was made\n"
    "\n"
    "The pack's settings are chosen on a fifth of each fold's training users, never on the people\n"
    "who are held out.\n";

void Replay(const LogOptions& log, const std::string& split, const StrongOptions& options) {
  const auto day = ParseTimeMs(split);
  if (!day) throw ToolError("--split " + split + " is no date such as 2011-09-01");
  const ReplayReport report = RunReplay({.interactions = log.interactions,
                                         .catalogue = log.catalogue,
                                         .split_ms = *day,
                                         .most_customers = options.users,
                                         .tune = options.tune,
                                         .shop = options.shop});
  std::fputs(ReplayText(report).c_str(), stdout);
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  using namespace baya::tools;
  CLI::App app("Measures recommendation quality from the emitted pack", "tools/baya eval");
  LogOptions log;
  StrongOptions options;
  std::string protocol = "strong", split;
  bool full = false, no_dense = false, no_tune = false;
  int bits = 8;
  app.add_option("--interactions", log.interactions,
                 "CSV, plain or gzip: the Online Retail columns, or user,item,timestamp")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--catalogue", log.catalogue, "CSV that describes the items")
      ->check(CLI::ExistingFile);
  app.add_option("--protocol", protocol, "What is measured")
      ->check(CLI::IsMember({"strong", "replay"}))
      ->capture_default_str();
  app.add_option("--split", split, "Where the log is cut, such as 2011-09-01; replay needs it");
  app.add_option("--folds", options.folds, "How many of the five folds")
      ->check(CLI::Range(1, 5))
      ->capture_default_str();
  app.add_flag("--full", full, "All five folds");
  app.add_option("--users", options.users, "Only this many users; 0 for all")
      ->capture_default_str();
  app.add_option("--keep", options.shop.ridge.keep, "Sources stored for each item")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--min-support", options.shop.ridge.min_support,
                 "Users that must stand behind a stored pair")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  app.add_option("--bits", bits, "Of a stored weight")
      ->check(CLI::IsMember({4, 8}))
      ->capture_default_str();
  app.add_flag("--no-dense", no_dense, "Leave out dense EASE, which takes longest");
  app.add_flag("--no-tune", no_tune, "Use the default settings");
  app.footer(kExamples);
  return RunTool(app, argc, argv, [&] {
    options.tune = !no_tune;
    options.shop.bits = static_cast<uint8_t>(bits);
    if (protocol == "replay") {
      Replay(log, split, options);
      return;
    }
    if (full) options.folds = 5;
    options.dense = !no_dense;
    std::fputs(StrongText(RunStrong(ReadLog(log), options)).c_str(), stdout);
  });
}
