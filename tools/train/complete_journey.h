// The products of "Complete Journey" (84.51 degrees, dunnhumby), a grocer's log, as a catalogue.
#pragma once

#include "lib/table.h"
#include "train/catalogue.h"

namespace baya::tools {

// Whether a table's columns are product_id,...,department,brand,product_category,product_type,...
bool HasJourneyProducts(const RecordTable& table);

// The title is the type, or where there is none the category or department; categories are the
// category, brands "National" and "Private". Of the table's last record. Throws LineError.
// REQUIRES: HasJourneyProducts(table).
ItemFacts JourneyProduct(const RecordTable& table);

}  // namespace baya::tools
