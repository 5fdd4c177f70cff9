// A shop's interaction log and catalogue, read and cleaned.
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
  uint32_t price_minor = 0;  // cents; 0: unknown
  bool available = true;
  bool adult = false;
  std::optional<bool> replenishable;  // nullopt: let the log decide
};

struct Interaction {
  uint32_t user = 0;
  uint32_t item = 0;
  int64_t time_ms = 0;
  uint32_t basket = 0;  // equal for what was bought together: an invoice, or a user's UTC day
};

struct Log {
  std::vector<std::string> users;         // ascending
  std::vector<ItemFacts> items;           // ascending ids
  std::vector<Interaction> interactions;  // in the order of the file
  std::string currency = "XXX";           // ISO 4217
};

struct LogOptions {
  std::string interactions;          // path
  std::string catalogue;             // path, or empty: the log must then describe its items
  std::optional<int64_t> before_ms;  // rows from this time on are not read
  std::string currency;              // empty: GBP for the Online Retail columns, else XXX
  bool skip_broken = false;          // leave out rows that cannot be read, instead of stopping
};

// Knows two layouts by their header:
//   InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
//     (UCI "Online Retail"): rows without a customer, cancellations (invoices starting with C),
//     rows without a positive quantity and price, and stock codes other than five digits and up
//     to two letters are left out. A title is the commonest description of its code, a price the
//     median.
//   user,item,timestamp: every row counts; items that the catalogue does not have are left out.
//
// What was left out is counted on stderr. Throws ToolError, with the line where there is one.
Log ReadLog(const LogOptions& options);

// item,title[,categories][,brand][,price][,tags][,available][,replenishable][,adult]; lists are
// separated by "|", the last three are yes or no. Ascending ids. Throws ToolError.
std::vector<ItemFacts> ReadCatalogue(const std::string& path);

}  // namespace baya::tools
