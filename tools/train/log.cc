#include "train/log.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "lib/table.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"
#include "pack/limits.h"
#include "recommend/history.h"
#include "train/event_types.h"
#include "train/log_builder.h"
#include "train/record_values.h"
#include "train/row_values.h"

namespace baya::tools {
namespace {

using Fields = std::vector<std::string>;

// Says what was expected, not what was there.
template <typename T>
T Need(const RecordTable& table, const std::optional<T>& value, const char* column,
       const char* kind) {
  if (!value) table.Fail("column " + std::string(column) + " holds no " + kind);
  return *value;
}

constexpr char kTimeKind[] = "time such as 2026-01-31, 2026-01-31T12:34:56Z or seconds since 1970";
constexpr char kNumberKind[] = "number";

// Five digits and up to two letters: what a customer can buy, without postage and fees.
bool IsProductCode(std::string_view code) {
  if (code.size() < 5 || code.size() > 7) return false;
  return std::all_of(code.begin(), code.begin() + 5, [](char c) { return c >= '0' && c <= '9'; }) &&
         std::all_of(code.begin() + 5, code.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

TableFormat FormatOf(const LogOptions& options) {
  const TableFormat format = options.format ? *options.format : DetectFormat(options.interactions);
  if (format == TableFormat::kXml) {
    throw ToolError(options.interactions + " is XML: a log is CSV or JSON Lines");
  }
  return format;
}

// Of each role of LogRole.
std::vector<std::vector<std::string>> NamesOf(const LogOptions& options) {
  std::vector<std::vector<std::string>> names = {
      {"user", "user_id", "customer", "customer_id", "visitor", "visitor_id", "visitorid",
       "client_id"},
      {"session", "session_id", "sessionid"},
      {"item", "item_id", "itemid", "product", "product_id", "sku"},
      {"timestamp", "time", "event_time", "datetime", "date", "created_at"},
      {"type", "event", "event_type", "event_name", "behavior", "behavior_type"},
      {"value", "quantity", "rating"}};
  for (const NamedColumn& named : options.columns) {
    names[static_cast<size_t>(named.role)] = {PlainName(named.column)};
  }
  return names;
}

class LogReader {
 public:
  explicit LogReader(const LogOptions& options)
      : options_(options),
        table_(OpenTable(options.interactions, FormatOf(options))),
        csv_(*table_) {}

  Log Read() {
    const bool known = options_.columns.empty();
    const bool retail = known && csv_.HasColumn("InvoiceNo");
    journey_ = known && csv_.HasColumn("household_id");
    if ((retail || journey_) && (!options_.types.empty() || options_.min_value)) {
      throw ToolError("--types and --min-value are for a log of user,item,time");
    }
    const int64_t broken = retail ? ReadRetail() : journey_ ? ReadJourney() : ReadPlain();
    Log log = Finish();
    if (broken > 0) left_out_["broken"] += broken;
    SetCurrency(log, retail ? "GBP" : "XXX");
    Report(log);
    return log;
  }

 private:
  int64_t ReadRetail() {
    const size_t invoice = csv_.Column("InvoiceNo"), code = csv_.Column("StockCode"),
                 title = csv_.Column("Description"), quantity = csv_.Column("Quantity"),
                 date = csv_.Column("InvoiceDate"), price = csv_.Column("UnitPrice"),
                 customer = csv_.Column("CustomerID");
    return ForEachRow([&](const Fields& fields) {
      const double count = Need(csv_, ParseNumber(fields[quantity]), "Quantity", kNumberKind);
      const double each = Need(csv_, ParseNumber(fields[price]), "UnitPrice", kNumberKind);
      const int64_t time = Need(csv_, ParseTimeMs(fields[date]), "InvoiceDate", kTimeKind);
      if (fields[customer].empty()) return LeaveOut("without a customer");
      if (fields[invoice].starts_with('C')) return LeaveOut("of a cancellation");
      if (count <= 0 || each <= 0) return LeaveOut("without a positive quantity and price");
      if (!IsProductCode(fields[code])) return LeaveOut("not of a product");
      if (TooLate(time)) return LeaveOut("from the end date on");
      const uint32_t item = Add(fields[customer], fields[code], time, fields[invoice]);
      const uint32_t price_minor = Need(csv_, ParsePriceMinor(fields[price]), "UnitPrice", "price");
      observed_.See(item, Trim(fields[title]), price_minor);
    });
  }

  int64_t ReadJourney() {
    const size_t household = csv_.Column("household_id"), product = csv_.Column("product_id"),
                 basket = csv_.Column("basket_id"), quantity = csv_.Column("quantity"),
                 time = csv_.Column("transaction_timestamp");
    if (options_.catalogue.empty()) {
      throw ToolError("the Complete Journey log needs its products: --catalogue FILE");
    }
    return ForEachRow([&](const Fields& fields) {
      const double count = Need(csv_, ParseNumber(fields[quantity]), "quantity", kNumberKind);
      const int64_t time_ms =
          Need(csv_, ParseTimeMs(fields[time]), "transaction_timestamp", kTimeKind);
      if (fields[household].empty()) return LeaveOut("without a household");
      if (count <= 0) return LeaveOut("without a positive quantity");
      CheckItemId(csv_, fields[product]);
      if (TooLate(time_ms)) return LeaveOut("from the end date on");
      Add(fields[household], fields[product], time_ms, fields[basket]);
    });
  }

  int64_t ReadPlain() {
    RoleColumns columns(csv_, NamesOf(options_));
    const auto column = [&](LogRole role) { return columns[static_cast<size_t>(role)]; };
    for (const NamedColumn& named : options_.columns) {
      columns.Need(static_cast<size_t>(named.role));
    }
    if (!column(LogRole::kUser) && !column(LogRole::kSession)) {
      throw LineError(csv_.path(), 1, "there is no column user, and no column session");
    }
    columns.Need(static_cast<size_t>(LogRole::kItem));
    columns.Need(static_cast<size_t>(LogRole::kTime));
    if (!options_.types.empty()) columns.Need(static_cast<size_t>(LogRole::kType));
    if (options_.min_value) columns.Need(static_cast<size_t>(LogRole::kValue));
    if (options_.catalogue.empty() && !options_.describe_items) {
      throw ToolError("a log of user,item,time needs a catalogue: --catalogue FILE");
    }
    const TypeChoice types(options_.types);
    const int64_t broken = ForEachRow([&](const Fields&) { ReadInteraction(columns, types); });
    ReportUnused(csv_, columns);
    return broken;
  }

  void ReadInteraction(RoleColumns& columns, const TypeChoice& types) {
    const auto text = [&](LogRole role) {
      return TextAt(csv_, columns[static_cast<size_t>(role)]);
    };
    const std::string session = text(LogRole::kSession), item = text(LogRole::kItem);
    const std::string user =
        columns[static_cast<size_t>(LogRole::kUser)] ? text(LogRole::kUser) : session;
    if (user.empty()) return LeaveOut("without a user");
    CheckItemId(csv_, item);
    const int64_t time_ms = Need(csv_, ParseTimeMs(text(LogRole::kTime)), "time", kTimeKind);
    if (!types.Counts(EventType(text(LogRole::kType)))) return LeaveOut("of another type");
    if (!IsWorth(text(LogRole::kValue))) return LeaveOut("of a smaller value");
    if (TooLate(time_ms)) return LeaveOut("from the end date on");
    const std::string basket =
        session.empty() ? std::to_string(recommend::DayOf(time_ms)) : '\0' + session;
    const uint32_t number = Add(user, item, time_ms, user + '\0' + basket);
    if (options_.catalogue.empty()) observed_.See(number, item, 0);
  }

  // What has no value counts.
  bool IsWorth(const std::string& text) const {
    if (text.empty()) return true;
    const double value = Need(csv_, ParseNumber(text), "value", kNumberKind);
    return options_.min_value ? value >= *options_.min_value : value > 0;
  }

  int64_t ForEachRow(const std::function<void(const Fields&)>& row) {
    return ForEachRecord(csv_, options_.skip_broken, [&] { row(csv_.fields()); });
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
    Catalogue catalogue =
        ReadCatalogue(options_.catalogue, {options_.catalogue_format, options_.skip_broken});
    log.items = std::move(catalogue.items);
    catalogue_currency_ = catalogue.currency;
    // Nine in ten of the grocer's products have no sale in the log.
    if (journey_) {
      const std::unordered_set<std::string> seen(items_.names().begin(), items_.names().end());
      std::erase_if(log.items, [&](const ItemFacts& facts) { return !seen.contains(facts.id); });
    }
    std::unordered_map<std::string, int64_t> by_id;
    for (const ItemFacts& facts : log.items) by_id.emplace(facts.id, by_id.size());
    for (uint32_t i = 0; i < places.size(); ++i) {
      const auto found = by_id.find(items_.names()[i]);
      if (found != by_id.end()) places[i] = found->second;
    }
    return places;
  }

  void SetCurrency(Log& log, const char* otherwise) const {
    const std::string& asked = options_.currency;
    const std::string& said = catalogue_currency_;
    if (!asked.empty() && !said.empty() && asked != said) {
      throw ToolError(options_.catalogue + " has prices in " + said + ", not in " + asked);
    }
    log.currency = !asked.empty() ? asked : !said.empty() ? said : otherwise;
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
  std::unique_ptr<RecordTable> table_;
  RecordTable& csv_;
  bool journey_ = false;
  std::string catalogue_currency_;
  Names users_, items_, baskets_;
  ObservedFacts observed_;
  std::vector<Interaction> interactions_;
  std::map<std::string, int64_t> left_out_;
};

}  // namespace

std::optional<LogRole> ParseLogRole(std::string_view name) {
  constexpr std::string_view kNames[] = {"user", "session", "item", "time", "type", "value"};
  for (size_t role = 0; role < std::size(kNames); ++role) {
    if (kNames[role] == name) return static_cast<LogRole>(role);
  }
  return std::nullopt;
}

Log ReadLog(const LogOptions& options) { return LogReader(options).Read(); }

}  // namespace baya::tools
