#include "train/log_arguments.h"

#include <map>
#include <string>
#include <vector>

#include "lib/time_text.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

template <typename Format>
void AddFormat(CLI::App& app, const char* name, const std::map<std::string, Format>& formats,
               const char* about, std::optional<Format>& format) {
  app.add_option_function<std::string>(
         name, [&format, formats](const std::string& word) { format = formats.at(word); }, about)
      ->check(CLI::IsMember(formats));
}

void SetColumns(const std::vector<std::string>& pairs, LogOptions& options) {
  for (const std::string& pair : pairs) {
    const size_t equals = pair.find('=');
    const auto role = ParseLogRole(pair.substr(0, equals));
    if (!role || equals == std::string::npos || equals + 1 == pair.size()) {
      throw CLI::ValidationError("--columns",
                                 "takes user, session, item, time, type or value, \"=\" and the "
                                 "name of a column, not " +
                                     pair);
    }
    options.columns.push_back({*role, pair.substr(equals + 1)});
  }
}

}  // namespace

void AddLogArguments(CLI::App& app, LogOptions& options) {
  app.add_option("--catalogue", options.catalogue,
                 "CSV or JSON Lines: item,title[,categories][,brand][,price][,tags][,available]"
                 "[,replenishable][,adult][,regions], lists separated by |; or a Google Merchant "
                 "feed; or a Shopify product export")
      ->check(CLI::ExistingFile);
  AddFormat<CatalogueFormat>(app, "--catalogue-format",
                             {{"csv", CatalogueFormat::kCsv},
                              {"tsv", CatalogueFormat::kTsv},
                              {"jsonl", CatalogueFormat::kJsonLines},
                              {"google", CatalogueFormat::kGoogle},
                              {"shopify", CatalogueFormat::kShopify}},
                             "Of the catalogue; found out without it", options.catalogue_format);
  AddFormat<TableFormat>(
      app, "--format",
      {{"csv", TableFormat::kCsv}, {"tsv", TableFormat::kTsv}, {"jsonl", TableFormat::kJsonLines}},
      "Of the interactions; found out without it", options.format);
  app.add_option_function<std::vector<std::string>>(
         "--columns", [&options](const auto& pairs) { SetColumns(pairs, options); },
         "What columns are called, such as user=visitor,item=sku,time=at; also session, type, "
         "value")
      ->delimiter(',');
  app.add_option("--types", options.types,
                 "Types that count, such as purchase,cart; all that take nothing back without it")
      ->delimiter(',');
  app.add_option("--min-value", options.min_value,
                 "Rows with a smaller value do not count; without it those above 0 do");
}

void StopAfter(const std::string& until, LogOptions& options) {
  if (until.empty()) return;
  const auto day = ParseTimeMs(until);
  if (!day) throw ToolError("--until " + until + " is no date such as 2011-10-31");
  options.before_ms = *day + kDayMs;
}

}  // namespace baya::tools
