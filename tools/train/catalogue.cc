#include "train/catalogue.h"

#include <memory>
#include <utility>

#include "lib/table.h"
#include "train/catalogue_builder.h"
#include "train/complete_journey.h"
#include "train/merchant.h"
#include "train/merchant_xml.h"
#include "train/record_values.h"
#include "train/row_values.h"
#include "train/shopify.h"

namespace baya::tools {
namespace {

enum Role : size_t {
  kItem,
  kTitle,
  kCategories,
  kBrand,
  kPrice,
  kTags,
  kAvailable,
  kReplenishable,
  kAdult,
  kRegions,
};

RoleColumns ColumnsOf(const RecordTable& table) {
  return RoleColumns(table, {{"item", "item_id", "product_id", "sku", "id"},
                             {"title", "name"},
                             {"categories", "category"},
                             {"brand"},
                             {"price"},
                             {"tags"},
                             {"available"},
                             {"replenishable"},
                             {"adult"},
                             {"regions"}});
}

Catalogue ReadPlain(RecordTable& table, bool skip_broken) {
  RoleColumns columns = ColumnsOf(table);
  columns.Need(kItem);
  columns.Need(kTitle);
  CatalogueBuilder builder(table);
  builder.CountBroken(ForEachRecord(table, skip_broken, [&] {
    ItemFacts facts;
    facts.id = TextAt(table, columns[kItem]);
    CheckItemId(table, facts.id);
    facts.title = TitleOf(TextAt(table, columns[kTitle]));
    facts.categories = SplitList(TextAt(table, columns[kCategories]));
    facts.brand = TextAt(table, columns[kBrand]);
    facts.tags = SplitList(TextAt(table, columns[kTags]));
    facts.regions = SplitList(TextAt(table, columns[kRegions]));
    facts.available = YesNoAt(table, columns[kAvailable]).value_or(true);
    facts.adult = YesNoAt(table, columns[kAdult]).value_or(false);
    facts.replenishable = YesNoAt(table, columns[kReplenishable]);
    builder.Add(std::move(facts), PriceAt(table, columns[kPrice]));
  }));
  ReportUnused(table, columns);
  return std::move(builder).Finish();
}

Catalogue ReadJourney(RecordTable& table, bool skip_broken) {
  CatalogueBuilder builder(table);
  builder.CountBroken(
      ForEachRecord(table, skip_broken, [&] { builder.Add(JourneyProduct(table), Price()); }));
  return std::move(builder).Finish();
}

TableFormat FileFormat(const std::string& path, const CatalogueOptions& options) {
  switch (options.format.value_or(CatalogueFormat::kGoogle)) {
    case CatalogueFormat::kCsv:
    case CatalogueFormat::kShopify:
      return TableFormat::kCsv;
    case CatalogueFormat::kTsv:
      return TableFormat::kTsv;
    case CatalogueFormat::kJsonLines:
      return TableFormat::kJsonLines;
    case CatalogueFormat::kGoogle:
      break;
  }
  return DetectFormat(path);
}

}  // namespace

Catalogue ReadCatalogue(const std::string& path, const CatalogueOptions& options) {
  const TableFormat format = FileFormat(path, options);
  const std::unique_ptr<RecordTable> table =
      format == TableFormat::kXml ? OpenMerchantXml(path) : OpenTable(path, format);
  const bool guess = !options.format;
  if (guess && HasJourneyProducts(*table)) return ReadJourney(*table, options.skip_broken);
  if (options.format == CatalogueFormat::kShopify || (guess && IsShopify(*table))) {
    return ReadShopify(*table, options.skip_broken);
  }
  if (format == TableFormat::kXml || options.format == CatalogueFormat::kGoogle ||
      (guess && IsMerchant(*table))) {
    return ReadMerchant(*table, options.skip_broken);
  }
  return ReadPlain(*table, options.skip_broken);
}

}  // namespace baya::tools
