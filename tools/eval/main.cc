// baya-eval: measures recommendation quality, always from an emitted pack through device code.
#include <cstdio>
#include <string>

#include "eval/next_basket.h"
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
    "\n"
    "The pack's settings are chosen on a fifth of each fold's training users, never on the people\n"
    "who are held out.\n";

// Milliseconds of a day given as --OPTION.
int64_t NeedDay(const char* option, const std::string& text) {
  const auto time = ParseTimeMs(text);
  if (!time) throw ToolError("--" + std::string(option) + " needs a date such as 2011-10-01");
  return *time;
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  using namespace baya::tools;
  CLI::App app("Measures recommendation quality from the emitted pack", "tools/baya eval");
  LogOptions log;
  StrongOptions options;
  NextBasketOptions next;
  std::string split, before;
  std::string protocol = "strong";
  bool full = false, no_dense = false, no_tune = false;
  int bits = 8;
  app.add_option("--interactions", log.interactions,
                 "CSV, plain or gzip: the Online Retail columns, or user,item,timestamp")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--catalogue", log.catalogue, "CSV that describes the items")
      ->check(CLI::ExistingFile);
  app.add_option("--protocol", protocol, "What is measured")
      ->check(CLI::IsMember({"strong", "next-basket"}))
      ->capture_default_str();
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
  app.add_option("--split", split, "next-basket: the day on which the model is frozen");
  app.add_option("--before", before, "next-basket: look at no basket from this day on");
  app.add_option("--baskets", next.baskets, "next-basket: how many, chosen at random")
      ->capture_default_str();
  app.add_option("--repeat-days", next.repeat.days, "Days that the repeat model is fitted on")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--repeat-ridge", next.repeat.ridge, "Penalty of the repeat model, in baskets")
      ->check(CLI::Range(0.001, 1e6))
      ->capture_default_str();
  app.add_flag("--no-dense", no_dense, "Leave out dense EASE, which takes longest");
  app.add_flag("--no-tune", no_tune, "Use the default settings");
  app.footer(kExamples);
  return RunTool(app, argc, argv, [&] {
    if (full) options.folds = 5;
    options.dense = !no_dense;
    options.tune = !no_tune;
    options.shop.bits = static_cast<uint8_t>(bits);
    if (protocol == "next-basket") {
      next.split_ms = NeedDay("split", split);
      if (!before.empty()) next.before_ms = NeedDay("before", before);
      next.dense = options.dense;
      next.tune = options.tune;
      next.shop = options.shop;
      std::fputs(NextBasketText(RunNextBasket(ReadLog(log), next)).c_str(), stdout);
      return;
    }
    std::fputs(StrongText(RunStrong(ReadLog(log), options)).c_str(), stdout);
  });
}
