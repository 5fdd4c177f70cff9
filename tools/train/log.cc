#include "train/log.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <unordered_map>

#include "lib/csv.h"
#include "lib/progress.h"
#include "lib/time_text.h"
#include "pack/limits.h"
#include "recommend/history.h"
#include "train/log_builder.h"
#include "train/row_values.h"

namespace baya::tools {
namespace {

using Fields = std::vector<std::string>;

// Calls `row` for each record. With `skip_broken`, a row that throws CsvError is counted instead.
int64_t ForEachRow(CsvReader& reader, bool skip_broken,
                   const std::function<void(const Fields&)>& row) {
  Progress progress("reading " + reader.path());
  Fields fields;
  int64_t broken = 0;
  while (true) {
    try {
      if (!reader.Next(fields)) return broken;
      row(fields);
    } catch (const CsvError& error) {
      if (!skip_broken) throw;
      if (++broken <= 10) std::fprintf(stderr, "left out: %s\n", error.what());
    }
    if ((reader.line() & 0xfff) == 0) progress.Update(reader.Progress());
  }
}

template <typename T>
T Need(const CsvReader& reader, const std::optional<T>& value, const char* column,
       const std::string& text) {
  if (!value) {
    reader.Fail("column " + std::string(column) + " has no valid value: \"" +
                std::string(CutText(text, 40)) + "\"");
  }
  return *value;
}

void CheckId(const CsvReader& reader, const std::string& id) {
  if (id.empty() || id.size() > pack::kMaxItemIdBytes) {
    reader.Fail("an item id has 1 to 64 bytes");
  }
}

// Five digits and up to two letters: what a customer can buy, without postage and fees.
bool IsProductCode(std::string_view code) {
  if (code.size() < 5 || code.size() > 7) return false;
  return std::all_of(code.begin(), code.begin() + 5, [](char c) { return c >= '0' && c <= '9'; }) &&
         std::all_of(code.begin() + 5, code.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

class LogReader {
 public:
  explicit LogReader(const LogOptions& options) : options_(options), csv_(options.interactions) {}

  Log Read() {
    const bool retail = csv_.HasColumn("InvoiceNo");
    const int64_t broken = retail ? ReadRetail() : ReadGeneric();
    Log log = Finish();
    if (broken > 0) left_out_["broken"] += broken;
    log.currency = !options_.currency.empty() ? options_.currency : retail ? "GBP" : "XXX";
    Report(log);
    return log;
  }

 private:
  int64_t ReadRetail() {
    const size_t invoice = csv_.Column("InvoiceNo"), code = csv_.Column("StockCode"),
                 title = csv_.Column("Description"), quantity = csv_.Column("Quantity"),
                 date = csv_.Column("InvoiceDate"), price = csv_.Column("UnitPrice"),
                 customer = csv_.Column("CustomerID");
    return ForEachRow(csv_, options_.skip_broken, [&](const Fields& fields) {
      const double count = Need(csv_, ParseNumber(fields[quantity]), "Quantity", fields[quantity]);
      const double each = Need(csv_, ParseNumber(fields[price]), "UnitPrice", fields[price]);
      const int64_t time = Need(csv_, ParseTimeMs(fields[date]), "InvoiceDate", fields[date]);
      if (fields[customer].empty()) return LeaveOut("without a customer");
      if (fields[invoice].starts_with('C')) return LeaveOut("of a cancellation");
      if (count <= 0 || each <= 0) return LeaveOut("without a positive quantity and price");
      if (!IsProductCode(fields[code])) return LeaveOut("not of a product");
      if (TooLate(time)) return LeaveOut("from the end date on");
      const uint32_t item = Add(fields[customer], fields[code], time, fields[invoice]);
      const uint32_t price_minor =
          Need(csv_, ParsePriceMinor(fields[price]), "UnitPrice", fields[price]);
      observed_.See(item, Trim(fields[title]), price_minor);
    });
  }

  int64_t ReadGeneric() {
    const size_t user = csv_.Column("user"), item = csv_.Column("item"),
                 time = csv_.Column("timestamp");
    if (options_.catalogue.empty()) {
      throw ToolError("a log of user,item,timestamp needs a catalogue: --catalogue FILE");
    }
    return ForEachRow(csv_, options_.skip_broken, [&](const Fields& fields) {
      const int64_t time_ms = Need(csv_, ParseTimeMs(fields[time]), "timestamp", fields[time]);
      if (fields[user].empty()) return LeaveOut("without a user");
      CheckId(csv_, fields[item]);
      if (TooLate(time_ms)) return LeaveOut("from the end date on");
      const std::string day = std::to_string(recommend::DayOf(time_ms));
      Add(fields[user], fields[item], time_ms, fields[user] + '\0' + day);
    });
  }

  bool TooLate(int64_t time_ms) const {
    return options_.before_ms && time_ms >= *options_.before_ms;
  }
  void LeaveOut(const char* why) { ++left_out_[why]; }

  uint32_t Add(const std::string& user, const std::string& item, int64_t time_ms,
               const std::string& basket) {
    interactions_.push_back(
        {users_.Number(user), items_.Number(item), time_ms, baskets_.Number(basket)});
    return interactions_.back().item;
  }

  Log Finish() {
    Log log;
    const std::vector<uint32_t> user_ranks = users_.Ranks();
    log.users = users_.names();
    std::sort(log.users.begin(), log.users.end());
    std::vector<int64_t> places = PlaceItems(log);
    for (Interaction row : interactions_) {
      if (places[row.item] < 0) {
        LeaveOut("of items that the catalogue does not have");
        continue;
      }
      row.user = user_ranks[row.user];
      row.item = static_cast<uint32_t>(places[row.item]);
      log.interactions.push_back(row);
    }
    return log;
  }

  // Fills log.items; returns the place of each item by its number in items_, -1 for none.
  std::vector<int64_t> PlaceItems(Log& log) {
    std::vector<int64_t> places(items_.names().size(), -1);
    if (options_.catalogue.empty()) {
      const std::vector<uint32_t> ranks = items_.Ranks();
      log.items.resize(ranks.size());
      for (uint32_t i = 0; i < ranks.size(); ++i) {
        places[i] = ranks[i];
        log.items[ranks[i]].id = items_.names()[i];
        observed_.Fill(i, log.items[ranks[i]]);
      }
      return places;
    }
    log.items = ReadCatalogue(options_.catalogue);
    std::unordered_map<std::string, int64_t> by_id;
    for (const ItemFacts& facts : log.items) by_id.emplace(facts.id, by_id.size());
    for (uint32_t i = 0; i < places.size(); ++i) {
      const auto found = by_id.find(items_.names()[i]);
      if (found != by_id.end()) places[i] = found->second;
    }
    return places;
  }

  void Report(const Log& log) const {
    std::fprintf(stderr, "%zu interactions of %zu users with %zu items\n", log.interactions.size(),
                 log.users.size(), log.items.size());
    for (const auto& [why, count] : left_out_) {
      std::fprintf(stderr, "  left out %lld rows %s\n", static_cast<long long>(count), why.c_str());
    }
    if (log.interactions.empty()) throw ToolError(options_.interactions + " has no usable row");
    if (log.items.size() > pack::kMaxItems) throw ToolError("more items than a pack can hold");
  }

  const LogOptions& options_;
  CsvReader csv_;
  Names users_, items_, baskets_;
  ObservedFacts observed_;
  std::vector<Interaction> interactions_;
  std::map<std::string, int64_t> left_out_;
};

// A column that may be missing.
std::string Field(const CsvReader& csv, const Fields& fields, const char* column) {
  return csv.HasColumn(column) ? fields[csv.Column(column)] : std::string();
}

std::optional<bool> YesNo(const CsvReader& csv, const Fields& fields, const char* column) {
  const std::string text = Field(csv, fields, column);
  if (Trim(text).empty()) return std::nullopt;
  return Need(csv, ParseYesNo(text), column, text);
}

ItemFacts FactsOf(const CsvReader& csv, const Fields& fields) {
  ItemFacts facts;
  facts.id = fields[csv.Column("item")];
  CheckId(csv, facts.id);
  facts.title = CutText(Trim(fields[csv.Column("title")]), pack::kMaxTitleBytes);
  facts.categories = SplitList(Field(csv, fields, "categories"));
  facts.brand = Trim(Field(csv, fields, "brand"));
  facts.tags = SplitList(Field(csv, fields, "tags"));
  const std::string price = Field(csv, fields, "price");
  if (!Trim(price).empty()) facts.price_minor = Need(csv, ParsePriceMinor(price), "price", price);
  facts.available = YesNo(csv, fields, "available").value_or(true);
  facts.adult = YesNo(csv, fields, "adult").value_or(false);
  facts.replenishable = YesNo(csv, fields, "replenishable");
  return facts;
}

}  // namespace

Log ReadLog(const LogOptions& options) { return LogReader(options).Read(); }

std::vector<ItemFacts> ReadCatalogue(const std::string& path) {
  CsvReader csv(path);
  csv.Column("item");
  csv.Column("title");
  std::map<std::string, ItemFacts> items;
  ForEachRow(csv, false, [&](const Fields& fields) {
    ItemFacts facts = FactsOf(csv, fields);
    const std::string id = facts.id;
    if (!items.emplace(id, std::move(facts)).second) csv.Fail("item " + id + " comes twice");
  });
  std::vector<ItemFacts> sorted;
  sorted.reserve(items.size());
  for (auto& [id, facts] : items) sorted.push_back(std::move(facts));
  return sorted;
}

}  // namespace baya::tools
