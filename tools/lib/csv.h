// Comma-separated values (RFC 4180), with the line of every mistake.
//
// Fields may be quoted and then hold commas, line ends and doubled quotes; lines end with LF or
// CRLF; a byte order mark is skipped. The first record names the columns.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "lib/input_file.h"
#include "lib/tool_error.h"

namespace baya::tools {

// "FILE, line 17: what is wrong". Lines count from 1, the header's.
class CsvError : public ToolError {
 public:
  CsvError(const std::string& path, int64_t line, const std::string& what)
      : ToolError(path + ", line " + std::to_string(line) + ": " + what) {}
};

class CsvReader {
 public:
  // Reads the header. Throws ToolError (no such file), CsvError (an empty or repeated name).
  explicit CsvReader(const std::string& path);

  // Where the column called `name` stands. Throws CsvError when there is none.
  size_t Column(std::string_view name) const;
  bool HasColumn(std::string_view name) const;

  // Reads the next record into `fields`, as many as the header has. False at the end.
  // After a CsvError the reader stands behind the line that caused it and can go on.
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
  std::vector<std::string> names_;
  int64_t line_ = 0;
  int64_t next_line_ = 1;
  int pushed_back_ = -2;  // -2: nothing
};

}  // namespace baya::tools
