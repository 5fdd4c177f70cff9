// Who bought what and when, by customer, from a retailer's log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace baya::tools {

struct Line {
  std::string item;
  uint32_t quantity = 0;
  double price = 0;  // of one piece, in the log's currency
};

struct Invoice {
  std::string id;
  int64_t time_ms = 0;
  std::vector<Line> lines;
};

struct Customer {
  std::string id;
  std::vector<Invoice> invoices;  // ascending in time
};

struct PurchaseOptions {
  // The Online Retail columns; or user,item,timestamp, where a row is one piece and the rows of one
  // user and time are an invoice. Plain or gzip.
  std::string path;
  // Customers without a purchase in [from_ms, until_ms) are left out, and what is later.
  int64_t from_ms = 0;
  int64_t until_ms = 0;
  size_t most_customers = 0;  // 0: all; else the first by id
};

// Counted are rows with a customer and, in Online Retail, an invoice that is no cancellation
// (begins with C) and a positive quantity; by ascending customer. Throws ToolError, with the line
// where there is one.
std::vector<Customer> ReadPurchases(const PurchaseOptions& options);

}  // namespace baya::tools
