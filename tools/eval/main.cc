// baya-eval: measures recommendation quality, always from an emitted pack through device code.
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "eval/lightgcn.h"
#include "eval/next_basket.h"
#include "eval/replay.h"
#include "eval/session.h"
#include "eval/strong.h"
#include "lib/run_tool.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"
#include "train/log_arguments.h"

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
    "  tools/baya eval --interactions online-retail.csv.gz --protocol next-basket --split "
    "2011-10-01\n"
    "      what customers buy next, of what they have bought before and of what they have not\n"
    "  tools/baya eval --interactions online-retail.csv.gz --protocol session\n"
    "      the next line of an invoice, 1,500 prefixes; all with --full\n"
    "  tools/baya eval --interactions online-retail.csv.gz --protocol replay --split 2011-09-01\n"
    "      what a device gains from learning on after the pack was made\n"
    "  tools/baya eval --protocol lightgcn --train train.txt --test test.txt\n"
    "\n"
    "The pack's settings are chosen on a slice of what it is trained on, never on what is "
    "measured.\n";

struct Options {
  LogOptions log;
  std::string protocol = "strong", split, before;
  DeviceBuild build;
  bool full = false, no_dense = false, no_tune = false;
  int bits = 8;
  ShopSettings shop;
  StrongOptions strong;
  NextBasketOptions next;
  SessionOptions session;
  LightGcnOptions lightgcn;
};

// Milliseconds of a day given as --OPTION.
int64_t NeedDay(const char* option, const std::string& text) {
  const auto time = ParseTimeMs(text);
  if (!time) throw ToolError("--" + std::string(option) + " needs a date such as 2011-10-01");
  return *time;
}

void NeedInteractions(const Options& options) {
  if (options.log.interactions.empty()) {
    throw ToolError("--protocol " + options.protocol + " needs --interactions FILE");
  }
}

Log NeedLog(const Options& options, bool describe_items = false) {
  NeedInteractions(options);
  LogOptions log = options.log;
  log.describe_items = describe_items;
  return ReadLog(log);
}

std::string Strong(const Options& options) {
  StrongOptions strong = options.strong;
  if (options.full) strong.folds = 5;
  strong.dense = !options.no_dense;
  strong.tune = !options.no_tune;
  strong.shop = options.shop;
  strong.build = options.build;
  return StrongText(RunStrong(NeedLog(options), strong));
}

std::string NextBasket(const Options& options) {
  NextBasketOptions next = options.next;
  next.split_ms = NeedDay("split", options.split);
  if (!options.before.empty()) next.before_ms = NeedDay("before", options.before);
  next.dense = !options.no_dense;
  next.tune = !options.no_tune;
  next.shop = options.shop;
  next.build = options.build;
  return NextBasketText(RunNextBasket(NeedLog(options), next));
}

std::string Replay(const Options& options) {
  NeedInteractions(options);
  ReplayOptions replay;
  replay.interactions = options.log.interactions;
  replay.catalogue = options.log.catalogue;
  replay.split_ms = NeedDay("split", options.split);
  if (!options.before.empty()) replay.until_ms = NeedDay("before", options.before);
  replay.most_customers = options.strong.users;
  replay.tune = !options.no_tune;
  replay.shop = options.shop;
  replay.build = options.build;
  return ReplayText(RunReplay(replay));
}

std::string Session(const Options& options) {
  SessionOptions session = options.session;
  if (options.full) {
    session.prefixes = 0;
    session.validation_prefixes = 3000;
  }
  session.tune = !options.no_tune;
  session.shop = options.shop;
  session.build = options.build;
  return SessionText(RunSession(NeedLog(options, true), session));
}

std::string LightGcn(const Options& options) {
  LightGcnOptions lightgcn = options.lightgcn;
  if (lightgcn.train.empty() || lightgcn.test.empty()) {
    throw ToolError("--protocol lightgcn needs --train FILE and --test FILE");
  }
  lightgcn.tune = !options.no_tune;
  lightgcn.shop = options.shop;
  lightgcn.build = options.build;
  return LightGcnText(RunLightGcn(lightgcn));
}

constexpr std::pair<const char*, std::string (*)(const Options&)> kProtocols[] = {
    {"strong", Strong},
    {"next-basket", NextBasket},
    {"replay", Replay},
    {"session", Session},
    {"lightgcn", LightGcn}};

std::vector<std::string> ProtocolNames() {
  std::vector<std::string> names;
  for (const auto& [name, run] : kProtocols) names.emplace_back(name);
  return names;
}

void Run(Options options) {
  options.shop.bits = static_cast<uint8_t>(options.bits);
  for (const auto& [name, run] : kProtocols) {
    if (options.protocol == name) std::fputs(run(options).c_str(), stdout);
  }
}

void AddModelOptions(CLI::App& app, Options& options) {
  app.add_option("--keep", options.shop.ridge.keep, "Sources stored for each item")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--min-support", options.shop.ridge.min_support,
                 "Users that must stand behind a stored pair")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  app.add_option("--bits", options.bits, "Of a stored weight")
      ->check(CLI::IsMember({4, 8}))
      ->capture_default_str();
  app.add_option("--repeat-days", options.next.repeat.days,
                 "Days that the repeat model is fitted on")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--repeat-slices", options.next.repeat.slices,
                 "How often so many days, one before the other")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  app.add_option("--repeat-ridge", options.next.repeat.ridge,
                 "Penalty of the repeat model, in baskets")
      ->check(CLI::Range(0.001, 1e6))
      ->capture_default_str();
  app.add_flag("--no-tune", options.no_tune, "Use the default settings");
}

void AddOptions(CLI::App& app, Options& options) {
  app.add_option("--interactions", options.log.interactions,
                 "CSV, plain or gzip: the Online Retail columns, user,item,timestamp or "
                 "session,item,timestamp")
      ->check(CLI::ExistingFile);
  AddLogArguments(app, options.log);
  app.add_option("--ranker", options.build.ranker, "baya-ranker.cjs of the wasm build")
      ->check(CLI::ExistingFile)
      ->group("Given by tools/baya eval --wasm, which ranks with the WebAssembly build");
  app.add_option("--engine-host", options.build.engine, "tools/eval/engine_host.mjs")
      ->check(CLI::ExistingFile)
      ->group("Given by tools/baya eval --wasm, which ranks with the WebAssembly build");
  app.add_option("--protocol", options.protocol, "What is measured")
      ->check(CLI::IsMember(ProtocolNames()))
      ->capture_default_str();
  app.add_option("--train", options.lightgcn.train,
                 "lightgcn: one user a line, \"user item item ...\"")
      ->check(CLI::ExistingFile);
  app.add_option("--test", options.lightgcn.test, "lightgcn: the same for the items to be found")
      ->check(CLI::ExistingFile);
  app.add_option("--folds", options.strong.folds, "strong: how many of the five folds")
      ->check(CLI::Range(1, 5))
      ->capture_default_str();
  app.add_flag("--full", options.full, "strong: all five folds; session: all prefixes");
  app.add_option("--users", options.strong.users, "strong, replay: only this many users; 0 for all")
      ->capture_default_str();
  app.add_option("--split", options.split,
                 "next-basket, replay: the day on which the model is frozen");
  app.add_option("--before", options.before,
                 "next-basket, replay: look at no basket from this day on");
  app.add_option("--baskets", options.next.baskets, "next-basket: how many, chosen at random")
      ->capture_default_str();
  app.add_option("--test-days", options.session.test_days,
                 "session: the last days, which are measured")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--validation-days", options.session.validation_days,
                 "session: the days before, which choose the settings")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--prefixes", options.session.prefixes,
                 "session: a sample of this many; 0 for all")
      ->capture_default_str();
  app.add_flag("--no-dense", options.no_dense, "Leave out dense EASE, which takes longest");
  AddModelOptions(app, options);
  app.footer(kExamples);
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  CLI::App app("Measures recommendation quality from the emitted pack", "tools/baya eval");
  baya::tools::Options options;
  baya::tools::AddOptions(app, options);
  return baya::tools::RunTool(app, argc, argv, [&] { baya::tools::Run(options); });
}
