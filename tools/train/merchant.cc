#include "train/merchant.h"

#include <algorithm>
#include <utility>

#include "train/catalogue_builder.h"
#include "train/record_values.h"
#include "train/row_values.h"

namespace baya::tools {
namespace {

enum Role : size_t { kId, kTitle, kPrice, kType, kGoogleType, kBrand, kAvailability, kAdult };

RoleColumns ColumnsOf(const RecordTable& table) {
  return RoleColumns(table, {{"id"},
                             {"title"},
                             {"price"},
                             {"product_type"},
                             {"google_product_category"},
                             {"brand"},
                             {"availability"},
                             {"adult"}});
}

bool IsAvailable(const RecordTable& table, const std::string& text) {
  const std::string word = PlainName(text);
  if (word.empty() || word == "in_stock" || word == "preorder" || word == "backorder") return true;
  if (word != "out_of_stock") {
    table.Fail("availability is in_stock, out_of_stock, preorder or backorder");
  }
  return false;
}

bool IsNumber(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> CategoriesOf(const RecordTable& table, RoleColumns& columns) {
  std::vector<std::string> categories = LastParts(TextAt(table, columns[kType]));
  if (categories.empty()) categories = LastParts(TextAt(table, columns[kGoogleType]));
  std::erase_if(categories, IsNumber);
  return categories;
}

}  // namespace

bool IsMerchant(const RecordTable& table) {
  RoleColumns columns(table, {{"id"}, {"title"}});
  RoleColumns own(
      table,
      {{"availability"}, {"product_type"}, {"google_product_category"}, {"image_link"}, {"link"}});
  return columns[0] && columns[1] && !own.used().empty();
}

Catalogue ReadMerchant(RecordTable& table, bool skip_broken) {
  RoleColumns columns = ColumnsOf(table);
  columns.Need(kId);
  columns.Need(kTitle);
  CatalogueBuilder builder(table);
  builder.CountBroken(ForEachRecord(table, skip_broken, [&] {
    ItemFacts facts;
    facts.id = TextAt(table, columns[kId]);
    CheckItemId(table, facts.id);
    facts.title = TitleOf(TextAt(table, columns[kTitle]));
    facts.categories = CategoriesOf(table, columns);
    facts.brand = TextAt(table, columns[kBrand]);
    facts.available = IsAvailable(table, TextAt(table, columns[kAvailability]));
    facts.adult = YesNoAt(table, columns[kAdult]).value_or(false);
    builder.Add(std::move(facts), PriceAt(table, columns[kPrice]));
  }));
  ReportUnused(table, columns);
  return std::move(builder).Finish();
}

}  // namespace baya::tools
