// baya-train: learns a shop's model and writes the sections of a site pack.
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "lib/files.h"
#include "lib/run_tool.h"
#include "lib/tool_error.h"
#include "pack/limits.h"
#include "pack/site_pack.h"
#include "train/blend.h"
#include "train/budget.h"
#include "train/cost.h"
#include "train/log.h"
#include "train/log_arguments.h"
#include "train/section_files.h"
#include "train/session_tune.h"
#include "train/shop.h"
#include "train/tune.h"

namespace baya::tools {
namespace {

constexpr char kExamples[] =
    "Examples:\n"
    "  tools/baya train --interactions online-retail.csv.gz --until 2011-10-31 --out build/shop\n"
    "  tools/baya train --interactions clicks.csv --catalogue items.csv --out build/shop --tune\n"
    "  tools/baya train --interactions clicks.csv --catalogue items.csv --out build/shop \\\n"
    "      --budget 300KB\n"
    "  tools/baya train --interactions events.jsonl.gz --types purchase,cart \\\n"
    "      --catalogue google-feed.xml --out build/shop\n"
    "  tools/baya train --interactions orders.csv --columns user=buyer,item=handle,time=ordered_at "
    "\\\n"
    "      --catalogue products_export.csv --currency EUR --out build/shop      (Shopify)\n"
    "\n"
    "Then: tools/baya pack --sections build/shop --site example.com --version 1 --plan plan.json "
    "\\\n"
    "      --key shop.key --out shop.pack\n";

struct Options {
  LogOptions log;
  std::string until;
  std::string out;
  std::string previous;
  ShopSettings shop;
  int bits = 8;
  std::string budget;
  bool tune = false;
  bool report = false;
  bool session = false;
};

void AddOptions(CLI::App& app, Options& options) {
  app.add_option("--interactions", options.log.interactions,
                 "CSV or JSON Lines, plain or gzip: user or session, item, time, and if there are "
                 "any type and value; or the Online Retail columns")
      ->required()
      ->check(CLI::ExistingFile);
  AddLogArguments(app, options.log);
  app.add_option("--out", options.out, "Folder for the section files")->required();
  app.add_option("--previous", options.previous,
                 "The pack published before: its items keep their numbers, so that devices need "
                 "only what changed")
      ->check(CLI::ExistingFile);
  app.add_option("--until", options.until, "Last day of the log to learn from, such as 2011-10-31");
  app.add_option("--currency", options.log.currency, "Of the prices, such as EUR");
  app.add_flag("--skip-broken", options.log.skip_broken,
               "Leave out rows that cannot be read instead of stopping");
  app.add_flag("--tune", options.tune,
               "Choose lambda and content on a fifth of the users, and the weights of attributes, "
               "popularity and trend on the last 30 days (where those are too few, on the users)");
  app.add_flag("--session", options.session,
               "Add a table of what comes next in a visit; with --tune, chosen on the last 7 days");
  RidgeSettings& ridge = options.shop.ridge;
  app.add_option("--keep", ridge.keep, "Sources stored for each item")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--candidates", ridge.candidates, "Sources that each item's regression sees")
      ->check(CLI::Range(1, 500))
      ->capture_default_str();
  app.add_option("--lambda", ridge.lambda, "Ridge penalty, in users")
      ->check(CLI::Range(0.001, 1e9))
      ->capture_default_str();
  app.add_option("--content", ridge.content, "What equal titles count for, in users")
      ->check(CLI::Range(0.0, 1e9))
      ->capture_default_str();
  app.add_option("--min-support", ridge.min_support,
                 "Customers that must stand behind whatever the pack says")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  app.add_option("--min-items", options.shop.min_items,
                 "Users with fewer different items teach no pair")
      ->check(CLI::Range(2, 1000))
      ->capture_default_str();
  app.add_option("--half-life", options.shop.blend.half_life_days,
                 "Days until an event counts half; 0 for never")
      ->capture_default_str();
  app.add_option("--bits", options.bits, "Of a stored weight")
      ->check(CLI::IsMember({4, 8}))
      ->capture_default_str();
  app.add_option("--budget", options.budget,
                 "Bytes (gzip) that model, popularity and attributes may take, such as 300KB; "
                 "chooses --keep and --bits and prints quality for size")
      ->excludes("--keep")
      ->excludes("--bits");
  app.add_flag("--report", options.report, "Print what training took as one line of JSON");
  app.footer(kExamples);
}

// Of the items of a pack, by number.
std::vector<std::string> ItemIds(const std::string& path) {
  const pack::SitePack pack =
      OrThrow(pack::SitePack::OpenFromAnySigner(ReadFile(path, pack::kMaxPackBytes)), path);
  if (pack.shop() == nullptr) throw ToolError(path + " has no items");
  const pack::Catalogue& catalogue = pack.shop()->catalogue;
  std::vector<std::string> ids;
  for (uint32_t item = 0; item < catalogue.size(); ++item) ids.emplace_back(catalogue.id(item));
  return ids;
}

// The table, and in `shop_settings` how much of it is stored.
ItemTable Learn(const Log& log, const std::vector<bool>& everyone, const Shop& shop,
                const std::string& budget, ShopSettings& shop_settings) {
  if (budget.empty()) return SolveLocalRidge(shop.gram(), shop_settings.ridge);
  ShopSettings all = shop_settings;
  all.ridge.keep = pack::kMaxSourcesPerItem;
  const size_t most = ParseBudget(budget);
  const ItemTable table = SolveLocalRidge(shop.gram(), all.ridge);
  const auto points = QualityForSize(log, everyone, shop, table, all);
  std::fputs(SizeCurveText(points).c_str(), stdout);
  const SizePoint best = BestWithin(points, most);
  std::printf("chosen: %u sources of %u bits\n", best.keep, unsigned{best.bits});
  shop_settings.bits = best.bits;
  return Largest(table, best.keep);
}

void Train(Options options) {
  StopAfter(options.until, options.log);
  options.shop.bits = static_cast<uint8_t>(options.bits);
  if (!options.previous.empty()) options.shop.numbered = ItemIds(options.previous);
  Cost cost;
  const Log log = ReadLog(options.log);
  cost.Step("read");
  const std::vector<bool> everyone(log.users.size(), true);
  if (options.tune) options.shop = TuneBlend(log, everyone, Tune(log, everyone, options.shop));
  cost.Step("tune");
  options.shop.repeat = FitRepeat(log, everyone, options.shop, {});
  cost.Step("repeat");
  const Shop shop(log, everyone, options.shop);
  cost.Step("count");
  const ItemTable table = Learn(log, everyone, shop, options.budget, options.shop);
  cost.Step("learn");
  auto sections = shop.Sections(table, options.shop);
  if (options.session) {
    SessionSettings session;
    session.table.min_support = options.shop.ridge.min_support;
    if (options.tune) session = TuneSession(log, options.shop, session, 7, 1500);
    sections.push_back(SessionSection(shop, SessionsOf(log), session, options.shop.bits));
    cost.Step("session");
  }
  WriteSections(options.out, sections);
  cost.Step("write");
  for (const pack::Section& section : sections) {
    const size_t gzip = GzipSize(section.body);
    std::printf("%-11s %10s  gzip %10s  %5.1f bytes an item\n", SectionName(section.type).c_str(),
                SizeText(section.body.size()).c_str(), SizeText(gzip).c_str(),
                static_cast<double>(gzip) / static_cast<double>(log.items.size()));
  }
  if (!options.report) return;
  std::puts(cost.Json({{"items", log.items.size()},
                       {"users", log.users.size()},
                       {"interactions", log.interactions.size()},
                       {"supported_pairs", shop.gram().entries()}})
                .c_str());
}

}  // namespace
}  // namespace baya::tools

int main(int argc, char** argv) {
  CLI::App app("Learns a shop's model from its interaction log", "tools/baya train");
  baya::tools::Options options;
  baya::tools::AddOptions(app, options);
  return baya::tools::RunTool(app, argc, argv, [&] { baya::tools::Train(options); });
}
