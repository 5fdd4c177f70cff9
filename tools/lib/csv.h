// Comma-separated values (RFC 4180), with the line of every mistake.
//
// Fields may be quoted and then hold commas, line ends and doubled quotes; lines end with LF or
// CRLF; a byte order mark is skipped. The first record names the columns. Separated by tabs, a
// field may also have quotes inside without being quoted, as spreadsheets and feeds write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/input_file.h"
#include "lib/line_error.h"

namespace baya::tools {

class CsvReader {
 public:
  // Reads the header. Throws ToolError (no such file), LineError (an empty or repeated name).
  // `separator`: a comma or a tab.
  explicit CsvReader(const std::string& path, char separator = ',');

  // Where the column called `name` stands. Throws LineError when there is none.
  size_t Column(std::string_view name) const;
  bool HasColumn(std::string_view name) const;
  const std::vector<std::string>& columns() const { return names_; }

  // Reads the next record into `fields`, as many as the header has. False at the end.
  // After a LineError the reader stands behind the line that caused it and can go on.
  bool Next(std::vector<std::string>& fields);

  // The line on which the last record began.
  int64_t line() const { return line_; }
  [[noreturn]] void Fail(const std::string& what) const;

  double Progress() const { return file_.Progress(); }
  const std::string& path() const { return file_.path(); }

 private:
  bool ReadRecord(std::vector<std::string>& fields);
  int ReadQuoted(std::string& field);
  int ReadPlain(int byte, std::string& field);
  int Advance();
  void SkipLine(int byte);

  InputFile file_;
  int separator_;
  std::vector<std::string> names_;
  int64_t line_ = 0;
  int64_t next_line_ = 1;
  int pushed_back_ = -2;  // -2: nothing
};

}  // namespace baya::tools
