// Records with named fields, whatever file they come from: comma- or tab-separated values, or JSON
// objects of one line each.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/line_error.h"

namespace baya::tools {

// More names than that are data in the wrong place.
inline constexpr size_t kMaxColumns = 1024;

// A longer field is a quote that was never closed, not data.
inline constexpr size_t kMaxFieldBytes = 1 << 16;

class RecordTable {
 public:
  RecordTable() = default;
  virtual ~RecordTable() = default;
  RecordTable(const RecordTable&) = delete;
  RecordTable& operator=(const RecordTable&) = delete;

  // Reads the next record. False at the end. After a LineError the table stands behind the record
  // that caused it and can go on.
  virtual bool Next() = 0;
  // The line on which the last record began.
  virtual int64_t line() const = 0;
  // The share of the file that was read so far, [0, 1].
  virtual double Progress() const = 0;
  virtual const std::string& path() const = 0;

  // Before the first Next() those of the first record; where records name their own fields, more
  // may come.
  const std::vector<std::string>& columns() const { return columns_; }
  std::optional<size_t> Find(std::string_view name) const;
  bool HasColumn(std::string_view name) const { return Find(name).has_value(); }
  // Throws LineError when there is none.
  size_t Column(std::string_view name) const;

  // Of the last record, UTF-8; empty where it has none. A list is its parts with "|" between.
  // Throws LineError for what is no text, number, truth value or list of these.
  const std::string& Text(size_t column) const;

  // [columns], as Text gives them but for what is none: that is empty.
  const std::vector<std::string>& fields() const { return fields_; }

  // Throws LineError at the last record.
  [[noreturn]] void Fail(const std::string& what) const { throw LineError(path(), line(), what); }

 protected:
  // Throws LineError past kMaxColumns.
  size_t AddColumn(std::string_view name);
  void Clear();
  // Throws LineError past kMaxFieldBytes.
  void Set(size_t column, std::string text);
  void SetNested(size_t column) { nested_[column] = true; }

  std::vector<std::string> columns_;
  std::vector<std::string> fields_;  // as long as columns_
  std::vector<bool> nested_;
};

enum class TableFormat : uint8_t { kCsv, kTsv, kJsonLines, kXml };

// By the first bytes of the file, plain or gzip: "<" begins XML, "{" or "[" JSON; else by what its
// first line has more of, tabs or commas. Throws ToolError when it cannot be read.
TableFormat DetectFormat(const std::string& path);

// Throws ToolError or LineError. REQUIRES: not kXml.
std::unique_ptr<RecordTable> OpenTable(const std::string& path, TableFormat format);

}  // namespace baya::tools
