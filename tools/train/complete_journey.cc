#include "train/complete_journey.h"

#include "pack/limits.h"
#include "train/row_values.h"

namespace baya::tools {

bool HasJourneyProducts(const CsvReader& csv) {
  return csv.HasColumn("product_id") && csv.HasColumn("product_type") &&
         csv.HasColumn("product_category") && csv.HasColumn("department") && csv.HasColumn("brand");
}

ItemFacts JourneyProduct(const CsvReader& csv, const std::vector<std::string>& fields) {
  ItemFacts facts;
  facts.id = fields[csv.Column("product_id")];
  if (facts.id.empty() || facts.id.size() > pack::kMaxItemIdBytes) {
    csv.Fail("an item id has 1 to 64 bytes");
  }
  for (const char* column : {"product_type", "product_category", "department"}) {
    if (facts.title.empty()) {
      facts.title = SentenceCase(CutText(Trim(fields[csv.Column(column)]), pack::kMaxTitleBytes));
    }
  }
  const std::string category(Trim(fields[csv.Column("product_category")]));
  if (!category.empty()) facts.categories = {SentenceCase(category)};
  facts.brand = Trim(fields[csv.Column("brand")]);
  return facts;
}

}  // namespace baya::tools
