// Gathers the items of a catalogue, each once.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lib/table.h"
#include "train/catalogue.h"
#include "train/record_values.h"

namespace baya::tools {

class CatalogueBuilder {
 public:
  // Borrows the table, for the line of a mistake.
  explicit CatalogueBuilder(const RecordTable& table) : table_(table) {}

  // Throws LineError for an id that was there before, or a second currency.
  void Add(ItemFacts facts, const Price& price);

  // Says how many records were left out as broken; nothing for none.
  void CountBroken(int64_t count) const;

  Catalogue Finish() &&;

 private:
  const RecordTable& table_;
  std::map<std::string, ItemFacts, std::less<>> items_;
  OneCurrency currency_;
};

// The last part of each path, each once: "Home > Lamps|Sale" as "Lamps" and "Sale". Of a path every
// part but the last is shared with much else.
std::vector<std::string> LastParts(std::string_view paths);

}  // namespace baya::tools
