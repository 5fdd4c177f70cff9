#include "train/record_values.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "lib/progress.h"
#include "pack/limits.h"
#include "train/row_values.h"

namespace baya::tools {
namespace {

constexpr int64_t kBrokenShown = 10;
constexpr size_t kUnusedShown = 12;

bool IsCurrency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

int64_t ForEachRecord(RecordTable& table, bool skip_broken, const std::function<void()>& row) {
  Progress progress("reading " + table.path());
  int64_t broken = 0;
  for (int64_t count = 1;; ++count) {
    try {
      if (!table.Next()) return broken;
      row();
    } catch (const LineError& error) {
      if (!skip_broken) throw;
      if (++broken <= kBrokenShown) std::fprintf(stderr, "left out: %s\n", error.what());
    }
    if ((count & 0xfff) == 0) progress.Update(table.Progress());
  }
}

std::string PlainName(std::string_view name) {
  std::string plain(Trim(name));
  for (char& letter : plain) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (letter == ' ' || letter == '-') letter = '_';
  }
  return plain;
}

RoleColumns::RoleColumns(const RecordTable& table, std::vector<std::vector<std::string>> roles)
    : table_(table), roles_(std::move(roles)) {
  Resolve();
}

void RoleColumns::Resolve() {
  resolved_ = table_.columns().size();
  columns_.assign(roles_.size(), std::nullopt);
  used_.clear();
  std::vector<std::string> plain;
  for (const std::string& name : table_.columns()) plain.push_back(PlainName(name));
  for (size_t role = 0; role < roles_.size(); ++role) {
    for (const std::string& name : roles_[role]) {
      const auto found = std::find(plain.begin(), plain.end(), name);
      if (found == plain.end() || columns_[role]) continue;
      columns_[role] = static_cast<size_t>(found - plain.begin());
      used_.push_back(*columns_[role]);
    }
  }
}

std::optional<size_t> RoleColumns::operator[](size_t role) {
  if (resolved_ != table_.columns().size()) Resolve();
  return columns_[role];
}

size_t RoleColumns::Need(size_t role) {
  const auto column = (*this)[role];
  if (column) return *column;
  throw LineError(table_.path(), 1, "there is no column " + roles_[role].front());
}

const std::vector<size_t>& RoleColumns::used() {
  if (resolved_ != table_.columns().size()) Resolve();
  return used_;
}

std::string TextAt(const RecordTable& table, std::optional<size_t> column) {
  return column ? std::string(Trim(table.Text(*column))) : std::string();
}

void CheckItemId(const RecordTable& table, std::string_view id) {
  if (id.empty() || id.size() > pack::kMaxItemIdBytes) table.Fail("an item id has 1 to 64 bytes");
}

std::optional<bool> YesNoAt(const RecordTable& table, std::optional<size_t> column) {
  const std::string text = TextAt(table, column);
  if (text.empty()) return std::nullopt;
  const auto value = ParseYesNo(text);
  if (!value) table.Fail("column " + table.columns()[*column] + " is neither yes nor no");
  return value;
}

std::string TitleOf(std::string_view text) {
  return std::string(CutText(Trim(text), pack::kMaxTitleBytes));
}

Price PriceAt(const RecordTable& table, std::optional<size_t> column) {
  const std::string text = TextAt(table, column);
  Price price;
  if (text.empty()) return price;
  std::string_view number = text;
  if (const size_t blank = number.find(' '); blank != std::string_view::npos) {
    const std::string_view first = Trim(number.substr(0, blank));
    const std::string_view second = Trim(number.substr(blank));
    price.currency = IsCurrency(first) ? first : second;
    number = IsCurrency(first) ? second : first;
  }
  const auto minor = ParsePriceMinor(number);
  if (!minor || !(price.currency.empty() || IsCurrency(price.currency))) {
    table.Fail("column " + table.columns()[*column] +
               " has no valid value: a price is written 15.00 or 15.00 EUR");
  }
  price.minor = *minor;
  return price;
}

void OneCurrency::See(const RecordTable& table, const Price& price) {
  if (price.currency.empty() || price.currency == code_) return;
  if (!code_.empty()) {
    table.Fail("a price in " + price.currency + " after prices in " + code_ +
               ": a pack has one currency");
  }
  code_ = price.currency;
}

void ReportUnused(const RecordTable& table, RoleColumns& columns) {
  std::string names;
  size_t count = 0;
  for (size_t column = 0; column < table.columns().size(); ++column) {
    const std::vector<size_t>& used = columns.used();
    if (std::find(used.begin(), used.end(), column) != used.end()) continue;
    if (++count > kUnusedShown) continue;
    names += (names.empty() ? "" : ", ") + table.columns()[column];
  }
  if (count == 0) return;
  if (count > kUnusedShown) names += " and " + std::to_string(count - kUnusedShown) + " more";
  std::fprintf(stderr, "%s: not used: %s\n", table.path().c_str(), names.c_str());
}

}  // namespace baya::tools
