#include "simulate/purchases.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "lib/csv.h"
#include "lib/progress.h"
#include "lib/time_text.h"

namespace baya::tools {
namespace {

// By invoice; a row that repeats another's item is a line of its own, as in the log.
using Invoices = std::map<std::string, Invoice>;

struct Columns {
  size_t invoice, item, quantity, time, price, customer;

  explicit Columns(const CsvReader& csv)
      : invoice(csv.Column("InvoiceNo")),
        item(csv.Column("StockCode")),
        quantity(csv.Column("Quantity")),
        time(csv.Column("InvoiceDate")),
        price(csv.Column("UnitPrice")),
        customer(csv.Column("CustomerID")) {}
};

int64_t WholeNumber(const CsvReader& csv, const std::string& text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    csv.Fail("column Quantity has no whole number");
  }
  return number;
}

double Price(const CsvReader& csv, const std::string& text) {
  size_t used = 0;
  double price = -1;
  try {
    price = std::stod(text, &used);
  } catch (const std::exception&) {
    used = 0;
  }
  if (used == 0 || used != text.size()) csv.Fail("column UnitPrice has no number");
  return price;
}

void AddRow(const CsvReader& csv, const Columns& columns, const std::vector<std::string>& row,
            int64_t until_ms, std::map<std::string, Invoices>& customers) {
  const std::string& customer = row[columns.customer];
  const std::string& invoice = row[columns.invoice];
  if (customer.empty() || invoice.empty() || invoice.front() == 'C') return;
  const int64_t quantity = WholeNumber(csv, row[columns.quantity]);
  if (quantity <= 0) return;
  const std::optional<int64_t> time = ParseTimeMs(row[columns.time]);
  if (!time) csv.Fail("column InvoiceDate has no time");
  if (*time >= until_ms) return;
  Invoice& entry = customers[customer][invoice];
  if (entry.lines.empty()) entry.id = invoice;
  // An invoice has one time, its first row's.
  if (entry.lines.empty()) entry.time_ms = *time;
  entry.lines.push_back({row[columns.item], static_cast<uint32_t>(quantity),
                         std::max(0.0, Price(csv, row[columns.price]))});
}

Customer InOrder(const std::string& id, Invoices invoices) {
  Customer customer{id, {}};
  customer.invoices.reserve(invoices.size());
  for (auto& [name, invoice] : invoices) customer.invoices.push_back(std::move(invoice));
  std::stable_sort(customer.invoices.begin(), customer.invoices.end(),
                   [](const Invoice& a, const Invoice& b) { return a.time_ms < b.time_ms; });
  return customer;
}

}  // namespace

std::vector<Customer> ReadPurchases(const PurchaseOptions& options) {
  CsvReader csv(options.path);
  const Columns columns(csv);
  Progress progress("reading the log");
  std::map<std::string, Invoices> by_customer;
  for (std::vector<std::string> row; csv.Next(row);) {
    AddRow(csv, columns, row, options.until_ms, by_customer);
    if ((csv.line() & 0xfff) == 0) progress.Update(csv.Progress());
  }
  std::vector<Customer> customers;
  for (auto& [id, invoices] : by_customer) {
    if (options.most_customers != 0 && customers.size() == options.most_customers) break;
    Customer customer = InOrder(id, std::move(invoices));
    if (customer.invoices.back().time_ms >= options.from_ms) {
      customers.push_back(std::move(customer));
    }
  }
  return customers;
}

}  // namespace baya::tools
