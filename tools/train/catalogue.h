// A shop's catalogue, from whatever the shop keeps it in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace baya::tools {

struct ItemFacts {
  std::string id;
  std::string title;
  std::vector<std::string> categories;
  std::string brand;
  std::vector<std::string> tags;
  std::vector<std::string> regions;  // where it is sold; empty: everywhere
  uint32_t price_minor = 0;          // cents; 0: unknown
  bool available = true;
  bool adult = false;
  std::optional<bool> replenishable;  // nullopt: let the log decide
};

struct Catalogue {
  std::vector<ItemFacts> items;  // ascending ids
  std::string currency;          // ISO 4217, as the prices say; empty: they do not
};

enum class CatalogueFormat : uint8_t {
  kCsv,        // item,title[,categories][,brand][,price][,tags][,available][,replenishable][,adult]
               // [,regions]; lists are separated by "|", available to adult are yes or no
  kTsv,        // the same between tabs
  kJsonLines,  // the same as members of one object a line
  kGoogle,     // a product feed of Google Merchant Center, XML or text: train/merchant.h
  kShopify,    // a product CSV export of Shopify: train/shopify.h
};

struct CatalogueOptions {
  std::optional<CatalogueFormat> format{};  // nullopt: by content and column names
  bool skip_broken = false;                 // leave out records that cannot be read
};

// The products of "Complete Journey" (train/complete_journey.h) are known by their columns, too.
// What is not used is said on stderr. Throws ToolError, with the line where there is one, also for
// an id that comes twice.
Catalogue ReadCatalogue(const std::string& path, const CatalogueOptions& options = {});

}  // namespace baya::tools
