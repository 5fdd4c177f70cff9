// Values of single fields, with the line and column of what cannot be read, and what catalogues
// have in common.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/table.h"

namespace baya::tools {

// Calls `row` for each record that is left. With `skip_broken`, a record that throws LineError is
// counted and left out instead, and of the first ten is said on stderr why. Returns the count.
int64_t ForEachRecord(RecordTable& table, bool skip_broken, const std::function<void()>& row);

// "Image Link" and "image-link" as "image_link".
std::string PlainName(std::string_view name);

// Which column of a table has which role: of the role's names the first that is a column's plain
// name. Where records name their own fields, it follows as more come.
class RoleColumns {
 public:
  // [roles], each with its names. Borrows `table`.
  RoleColumns(const RecordTable& table, std::vector<std::vector<std::string>> roles);

  std::optional<size_t> operator[](size_t role);
  // As operator[], throwing LineError of line 1 when the table has none.
  size_t Need(size_t role);
  // Columns with a role.
  const std::vector<size_t>& used();

 private:
  void Resolve();

  const RecordTable& table_;
  std::vector<std::vector<std::string>> roles_;
  std::vector<std::optional<size_t>> columns_;  // [roles]
  std::vector<size_t> used_;
  size_t resolved_ = 0;  // columns that the table had
};

// Empty where there is no such column.
std::string TextAt(const RecordTable& table, std::optional<size_t> column);

// Throws LineError: 1 to 64 bytes.
void CheckItemId(const RecordTable& table, std::string_view id);

// nullopt for an empty field.
std::optional<bool> YesNoAt(const RecordTable& table, std::optional<size_t> column);

// A title as a pack has it.
std::string TitleOf(std::string_view text);

struct Price {
  uint32_t minor = 0;    // 0: not said
  std::string currency;  // ISO 4217; empty: not said
};

// "15.00", "15.00 USD" or "USD 15.00".
Price PriceAt(const RecordTable& table, std::optional<size_t> column);

// One currency for a whole catalogue.
class OneCurrency {
 public:
  // Throws LineError for a second one.
  void See(const RecordTable& table, const Price& price);
  const std::string& code() const { return code_; }

 private:
  std::string code_;
};

// Says on stderr which columns have no role; nothing when all have one.
void ReportUnused(const RecordTable& table, RoleColumns& columns);

}  // namespace baya::tools
