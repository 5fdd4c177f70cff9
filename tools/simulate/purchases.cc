#include "simulate/purchases.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "lib/csv.h"
#include "lib/progress.h"
#include "lib/time_text.h"

namespace baya::tools {
namespace {

// By invoice; a row that repeats another's item is a line of its own, as in the log.
using Invoices = std::map<std::string, Invoice>;

struct Row {
  std::string customer, invoice, item;
  int64_t quantity = 0, time_ms = 0;
  double price = 0;
};

// One layout of a log.
class RowReader {
 public:
  virtual ~RowReader() = default;
  // False for a row that does not count.
  virtual bool Read(const std::vector<std::string>& fields, Row& row) const = 0;
};

int64_t TimeOf(const CsvReader& csv, const std::string& text, const char* column) {
  const std::optional<int64_t> time = ParseTimeMs(text);
  if (!time) csv.Fail("column " + std::string(column) + " has no time");
  return *time;
}

class OnlineRetail final : public RowReader {
 public:
  explicit OnlineRetail(const CsvReader& csv)
      : csv_(csv),
        invoice_(csv.Column("InvoiceNo")),
        item_(csv.Column("StockCode")),
        quantity_(csv.Column("Quantity")),
        time_(csv.Column("InvoiceDate")),
        price_(csv.Column("UnitPrice")),
        customer_(csv.Column("CustomerID")) {}

  bool Read(const std::vector<std::string>& fields, Row& row) const override {
    row.customer = fields[customer_];
    row.invoice = fields[invoice_];
    if (row.customer.empty() || row.invoice.empty() || row.invoice.front() == 'C') return false;
    row.quantity = Quantity(fields[quantity_]);
    if (row.quantity <= 0) return false;
    row.item = fields[item_];
    row.time_ms = TimeOf(csv_, fields[time_], "InvoiceDate");
    row.price = std::max(0.0, Price(fields[price_]));
    return true;
  }

 private:
  int64_t Quantity(const std::string& text) const {
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
      csv_.Fail("column Quantity has no whole number");
    }
    return number;
  }

  double Price(const std::string& text) const {
    char* end = nullptr;
    const double price = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0') csv_.Fail("column UnitPrice has no number");
    return price;
  }

  const CsvReader& csv_;
  size_t invoice_, item_, quantity_, time_, price_, customer_;
};

class Plain final : public RowReader {
 public:
  explicit Plain(const CsvReader& csv)
      : csv_(csv),
        user_(csv.Column("user")),
        item_(csv.Column("item")),
        time_(csv.Column("timestamp")) {}

  bool Read(const std::vector<std::string>& fields, Row& row) const override {
    row.customer = fields[user_];
    row.invoice = fields[time_];
    row.item = fields[item_];
    row.quantity = 1;
    row.time_ms = TimeOf(csv_, fields[time_], "timestamp");
    return !row.customer.empty();
  }

 private:
  const CsvReader& csv_;
  size_t user_, item_, time_;
};

std::unique_ptr<RowReader> ReaderFor(const CsvReader& csv) {
  if (csv.HasColumn("InvoiceNo")) return std::make_unique<OnlineRetail>(csv);
  return std::make_unique<Plain>(csv);
}

// An invoice has one time, its first row's.
void AddRow(Row row, std::map<std::string, Invoices>& customers) {
  Invoice& invoice = customers[row.customer][row.invoice];
  if (invoice.lines.empty()) {
    invoice.id = row.invoice;
    invoice.time_ms = row.time_ms;
  }
  invoice.lines.push_back({std::move(row.item), static_cast<uint32_t>(row.quantity), row.price});
}

Customer InOrder(const std::string& id, Invoices&& invoices) {
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
  const std::unique_ptr<RowReader> reader = ReaderFor(csv);
  Progress progress("reading the log");
  std::map<std::string, Invoices> by_customer;
  for (std::vector<std::string> fields; csv.Next(fields);) {
    Row row;
    if (reader->Read(fields, row) && row.time_ms < options.until_ms) {
      AddRow(std::move(row), by_customer);
    }
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
