// baya-simulate: replays a log as devices.
#include <cstdio>
#include <string>
#include <vector>

#include "codec/json.h"
#include "lib/files.h"
#include "lib/key_file.h"
#include "lib/parallel.h"
#include "lib/run_tool.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"
#include "pack/limits.h"
#include "simulate/purchases.h"
#include "simulate/visitor.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya simulate --interactions log.csv.gz --pack shop.pack --signer KEY --site "
    "example.com "
    "\\\n"
    "      --from 2011-11-01 --until 2011-12-10\n"
    "      one engine and one encrypted store for each customer who bought in that time\n"
    "  tools/baya simulate ... --customers 100 --shown shown.jsonl --reports reports.jsonl\n"
    "\n"
    "A device learns what its customer bought before --from, is then shown a shelf, learns the\n"
    "rest, and at --until reports what the pack's tasks ask for to their aggregators, which must\n"
    "be running. Prints one line of JSON. The files of --shown name the log's customers.\n";

struct Options {
  PurchaseOptions log;
  Replay replay;
  Site site;
  std::string from, until, pack, signer, shown, reports;
};

int64_t TimeOf(const std::string& text, const char* option) {
  const auto time = ParseTimeMs(text);
  if (!time) throw ToolError(std::string(option) + " " + text + " is no date such as 2011-11-01");
  return *time;
}

std::vector<Visit> ReplayAll(const std::vector<Customer>& customers, const Options& options) {
  std::vector<Visit> visits(customers.size());
  std::vector<Aggregators> aggregators(ThreadCount());
  ParallelFor("replaying customers", customers.size(), [&](size_t thread, size_t i) {
    visits[i] = ReplayCustomer(customers[i], options.site, options.replay, aggregators[thread]);
  });
  return visits;
}

std::string LineOf(const codec::JsonValue& json) {
  return OrThrow(codec::WriteJson(json), "a line") + "\n";
}

void WriteText(const std::string& path, const std::string& text) {
  if (!path.empty()) WriteFile(path, AsBytes(text));
}

std::string ShownText(const std::vector<Customer>& customers, const std::vector<Visit>& visits) {
  std::string text;
  for (size_t i = 0; i < customers.size(); ++i) {
    codec::JsonValue items = codec::JsonValue::Array();
    for (const std::string& item : visits[i].shown) items.Append(item);
    codec::JsonValue line = codec::JsonValue::Object();
    line.Set("customer", customers[i].id);
    line.Set("items", std::move(items));
    text += LineOf(line);
  }
  return text;
}

std::string ReportsText(const std::vector<Visit>& visits) {
  std::string text;
  for (const Visit& visit : visits) {
    for (const SentReport& report : visit.reports) {
      codec::JsonValue line = codec::JsonValue::Object();
      line.Set("url", report.task_url);
      line.Set("bytes", static_cast<int64_t>(report.bytes));
      line.Set("status", int64_t{report.status});
      line.Set("sent_ms", report.sent_ms);
      text += LineOf(line);
    }
  }
  return text;
}

void PrintSummary(const std::vector<Visit>& visits) {
  int64_t accepted = 0, refused = 0, reporting = 0;
  for (const Visit& visit : visits) {
    reporting += visit.reports.empty() ? 0 : 1;
    for (const SentReport& report : visit.reports) ++(report.status < 400 ? accepted : refused);
  }
  std::printf("{\"devices\":%zu,\"reporting\":%lld,\"accepted\":%lld,\"refused\":%lld}\n",
              visits.size(), static_cast<long long>(reporting), static_cast<long long>(accepted),
              static_cast<long long>(refused));
}

void Run(Options& options) {
  options.log.from_ms = options.replay.from_ms = TimeOf(options.from, "--from");
  options.log.until_ms = options.replay.until_ms = TimeOf(options.until, "--until");
  if (options.log.from_ms >= options.log.until_ms) throw ToolError("--until must be after --from");
  options.site.pack = ReadFile(options.pack, pack::kMaxPackBytes);
  options.site.signer = ToBytes(ParsePublicKey(options.signer));
  const std::vector<Customer> customers = ReadPurchases(options.log);
  if (customers.empty()) throw ToolError("nobody in the log bought anything in that time");
  const std::vector<Visit> visits = ReplayAll(customers, options);
  WriteText(options.shown, ShownText(customers, visits));
  WriteText(options.reports, ReportsText(visits));
  PrintSummary(visits);
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  CLI::App app("Replays a log as real devices that report to aggregators", "tools/baya simulate");
  baya::tools::Options options;
  options.replay.shelf = 12;
  app.add_option("--interactions", options.log.path,
                 "Log with the Online Retail columns, or user,item,timestamp; plain or gzip")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--pack", options.pack, "Signed site pack with tasks")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--signer", options.signer, "Public key that signed it, base64url")->required();
  app.add_option("--site", options.site.name, "Site that the pack must name")->required();
  app.add_option("--from", options.from, "Date at which the shelf is shown")->required();
  app.add_option("--until", options.until, "Date at which the devices report")->required();
  app.add_option("--customers", options.log.most_customers, "At most so many, the first by id");
  app.add_option("--shelf", options.replay.shelf, "Items on the shelf")
      ->capture_default_str()
      ->check(CLI::Range(1, 100));
  app.add_option("--shown", options.shown, "File for what each customer was shown, JSON lines");
  app.add_option("--reports", options.reports, "File for what was sent, JSON lines");
  app.add_flag("--test-tasks", options.site.test_tasks,
               "Tasks made for tests are taken as well: they may have no noise");
  app.footer(baya::tools::kExamples);
  return baya::tools::RunTool(app, argc, argv, [&] { baya::tools::Run(options); });
}
