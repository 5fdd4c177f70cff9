// baya-audit-pack: whether everything a pack says of people rests on enough of them.
#include <cstdio>
#include <string>

#include "audit-pack/audit.h"
#include "lib/files.h"
#include "lib/run_tool.h"
#include "lib/tool_error.h"
#include "pack/limits.h"
#include "train/log_arguments.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya audit-pack --pack shop.pack --interactions online-retail.csv.gz\n"
    "      exits with 1 when a stored pair rests on fewer than 5 customers, and lists it\n"
    "  tools/baya audit-pack --pack shop.pack --interactions clicks.csv --catalogue items.csv -t "
    "20\n"
    "\n"
    "The log is counted anew, without the trainer's code; give the one the pack was trained on.\n"
    "What is checked, and why: core/docs/formats/pack.md, \"What a pack says of people\".\n";

struct Options {
  LogOptions log;
  std::string pack, until;
  uint32_t min_support = 5;
};

void Audit(Options options) {
  StopAfter(options.until, options.log);
  const pack::SitePack pack = OrThrow(
      pack::SitePack::OpenFromAnySigner(ReadFile(options.pack, pack::kMaxPackBytes)), options.pack);
  const PackAudit audit = AuditPack(pack, ReadLog(options.log), options.min_support);
  std::fputs(AuditText(audit, pack.shop()->catalogue, options.min_support).c_str(), stdout);
  if (!audit.passed()) {
    throw ToolError(options.pack + " says something of fewer than " +
                    std::to_string(options.min_support) + " customers");
  }
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  CLI::App app("Lists what in a pack rests on too few customers", "tools/baya audit-pack");
  baya::tools::Options options;
  app.add_option("--pack", options.pack, "The pack")->required()->check(CLI::ExistingFile);
  app.add_option("--interactions", options.log.interactions, "The log it was trained on")
      ->required()
      ->check(CLI::ExistingFile);
  AddLogArguments(app, options.log);
  app.add_option("--until", options.until, "Last day it was trained on, such as 2011-10-31");
  app.add_flag("--skip-broken", options.log.skip_broken, "Leave out rows that cannot be read");
  app.add_option("-t,--min-support", options.min_support, "Customers that must stand behind a pair")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  app.footer(baya::tools::kExamples);
  return baya::tools::RunTool(app, argc, argv, [&] { baya::tools::Audit(options); });
}
