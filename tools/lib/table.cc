#include "lib/table.h"

#include <algorithm>
#include <utility>

#include "lib/csv.h"
#include "lib/input_file.h"
#include "lib/json_lines.h"

namespace baya::tools {
namespace {

// As much of a header as tells tabs from commas.
constexpr int kLookedAtBytes = 1 << 16;

class SeparatedValues final : public RecordTable {
 public:
  SeparatedValues(const std::string& path, char separator) : csv_(path, separator) {
    for (const std::string& name : csv_.columns()) AddColumn(name);
  }

  bool Next() override { return csv_.Next(fields_); }
  int64_t line() const override { return csv_.line(); }
  double Progress() const override { return csv_.Progress(); }
  const std::string& path() const override { return csv_.path(); }

 private:
  CsvReader csv_;
};

}  // namespace

std::optional<size_t> RecordTable::Find(std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<size_t>(found - columns_.begin());
}

size_t RecordTable::Column(std::string_view name) const {
  const auto column = Find(name);
  if (!column) throw LineError(path(), 1, "there is no column " + std::string(name));
  return *column;
}

const std::string& RecordTable::Text(size_t column) const {
  if (nested_[column]) Fail("column " + columns_[column] + " holds an object, not a value");
  return fields_[column];
}

size_t RecordTable::AddColumn(std::string_view name) {
  if (columns_.size() == kMaxColumns) Fail("more than 1024 different columns");
  columns_.emplace_back(name);
  fields_.emplace_back();
  nested_.push_back(false);
  return columns_.size() - 1;
}

void RecordTable::Clear() {
  for (std::string& field : fields_) field.clear();
  nested_.assign(columns_.size(), false);
}

void RecordTable::Set(size_t column, std::string text) {
  if (text.size() > kMaxFieldBytes) {
    Fail("column " + columns_[column] + " has more than 65536 bytes");
  }
  fields_[column] = std::move(text);
}

TableFormat DetectFormat(const std::string& path) {
  InputFile file(path);
  int64_t tabs = 0, commas = 0;
  bool blank = true;
  for (int i = 0; i < kLookedAtBytes; ++i) {
    const int byte = file.Next();
    const bool mark = byte == 0xEF || byte == 0xBB || byte == 0xBF;  // of byte order
    if (byte == -1 || (byte == '\n' && !blank)) break;
    if (blank && (mark || byte == ' ' || byte == '\r' || byte == '\n')) continue;
    if (blank && byte == '<') return TableFormat::kXml;
    if (blank && (byte == '{' || byte == '[')) return TableFormat::kJsonLines;
    blank = false;
    tabs += byte == '\t';
    commas += byte == ',';
  }
  return tabs > commas ? TableFormat::kTsv : TableFormat::kCsv;
}

std::unique_ptr<RecordTable> OpenTable(const std::string& path, TableFormat format) {
  if (format == TableFormat::kJsonLines) return std::make_unique<JsonLines>(path);
  const char separator = format == TableFormat::kTsv ? '\t' : ',';
  return std::make_unique<SeparatedValues>(path, separator);
}

}  // namespace baya::tools
