// The products of "Complete Journey" (84.51 degrees, dunnhumby), a grocer's log, as a catalogue.
#pragma once

#include <string>
#include <vector>

#include "lib/csv.h"
#include "train/log.h"

namespace baya::tools {

// Whether a file's header is product_id,...,department,brand,product_category,product_type,...
bool HasJourneyProducts(const CsvReader& csv);

// The title is the type, or where there is none the category or department; categories are the
// category, brands "National" and "Private". REQUIRES: HasJourneyProducts(csv).
ItemFacts JourneyProduct(const CsvReader& csv, const std::vector<std::string>& fields);

}  // namespace baya::tools
