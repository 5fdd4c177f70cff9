// A shop's interaction log and catalogue, read and cleaned.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/table.h"
#include "train/catalogue.h"

namespace baya::tools {

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

// What a column of a log of single interactions is for.
enum class LogRole : uint8_t { kUser, kSession, kItem, kTime, kType, kValue };

// "user", "session", "item", "time", "type", "value".
std::optional<LogRole> ParseLogRole(std::string_view name);

struct NamedColumn {
  LogRole role;
  std::string column;
};

struct LogOptions {
  std::string interactions;          // path
  std::string catalogue;             // path, or empty: the log must then describe its items
  std::optional<int64_t> before_ms;  // rows from this time on are not read
  std::string currency;              // empty: as the catalogue or the layout says, else XXX
  bool describe_items = false;       // without a catalogue, an item's id is its title
  bool skip_broken = false;          // leave out rows that cannot be read, instead of stopping

  std::optional<TableFormat> format{};                // of the interactions; nullopt: by content
  std::optional<CatalogueFormat> catalogue_format{};  // nullopt: by content and column names
  // The rest is for a log of single interactions.
  std::vector<NamedColumn> columns{};  // instead of the names known below; makes it such a log
  std::vector<std::string> types{};    // which count; none: all that take nothing back
  std::optional<double> min_value{};   // rows with a smaller value do not; nullopt: above 0 counts
};

// CSV, tab-separated values or JSON Lines, plain or gzip. Knows three layouts by their columns:
//   InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
//     (UCI "Online Retail"): rows without a customer, cancellations (invoices starting with C),
//     rows without a positive quantity and price, and stock codes other than five digits and up
//     to two letters are left out. A title is the commonest description of its code, a price the
//     median.
//   household_id,...,basket_id,product_id,quantity,...,transaction_timestamp ("Complete
//     Journey"): rows without a positive quantity are left out, and of its catalogue, products.csv,
//     what nobody bought.
//   user,item,time[,type][,value] or session,item,time..., in any order: single interactions. A
//     session without a user is a user and a basket of its own, with one a basket; otherwise a
//     basket is a user's day. Items that the catalogue does not have are left out. Columns may be
//     called, with any case, " " or "-" for "_", and the first that is there:
//       user     user, user_id, customer, customer_id, visitor, visitor_id, visitorid, client_id
//       session  session, session_id, sessionid
//       item     item, item_id, itemid, product, product_id, sku
//       time     timestamp, time, event_time, datetime, date, created_at
//       type     type, event, event_type, event_name, behavior, behavior_type
//       value    value, quantity, rating
//     Which types count: train/event_types.h. A value is compared with min_value and is nothing
//     more.
//
// What was left out is counted on stderr. Throws ToolError, with the line where there is one; it
// never has a value of the log in it, which may be somebody's.
Log ReadLog(const LogOptions& options);

}  // namespace baya::tools
