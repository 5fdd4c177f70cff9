#include "train/complete_journey.h"

#include <string>

#include "train/record_values.h"
#include "train/row_values.h"

namespace baya::tools {

bool HasJourneyProducts(const RecordTable& table) {
  return table.HasColumn("product_id") && table.HasColumn("product_type") &&
         table.HasColumn("product_category") && table.HasColumn("department") &&
         table.HasColumn("brand");
}

ItemFacts JourneyProduct(const RecordTable& table) {
  ItemFacts facts;
  facts.id = table.Text(table.Column("product_id"));
  CheckItemId(table, facts.id);
  for (const char* column : {"product_type", "product_category", "department"}) {
    if (facts.title.empty()) {
      facts.title = SentenceCase(TitleOf(table.Text(table.Column(column))));
    }
  }
  const std::string category(Trim(table.Text(table.Column("product_category"))));
  if (!category.empty()) facts.categories = {SentenceCase(category)};
  facts.brand = Trim(table.Text(table.Column("brand")));
  return facts;
}

}  // namespace baya::tools
