#include "lib/csv.h"

#include <algorithm>
#include <utility>

#include "codec/utf8.h"
#include "lib/table.h"

namespace baya::tools {
CsvReader::CsvReader(const std::string& path, char separator) : file_(path), separator_(separator) {
  if (!ReadRecord(names_))
    throw ToolError(path + " is empty: a header with column names is needed");
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (names_[0].starts_with(kByteOrderMark)) names_[0].erase(0, kByteOrderMark.size());
  for (size_t i = 0; i < names_.size(); ++i) {
    if (names_[i].empty()) Fail("column " + std::to_string(i + 1) + " of the header has no name");
    if (std::count(names_.begin(), names_.end(), names_[i]) > 1) {
      Fail("the header names column " + names_[i] + " twice");
    }
  }
}

bool CsvReader::HasColumn(std::string_view name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

size_t CsvReader::Column(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) {
    throw LineError(path(), 1, "the header has no column " + std::string(name));
  }
  return static_cast<size_t>(found - names_.begin());
}

void CsvReader::Fail(const std::string& what) const { throw LineError(path(), line_, what); }

bool CsvReader::Next(std::vector<std::string>& fields) {
  do {
    if (!ReadRecord(fields)) return false;
  } while (fields.size() == 1 && fields[0].empty() && names_.size() > 1);  // an empty line
  if (fields.size() != names_.size()) {
    Fail("expected " + std::to_string(names_.size()) + " fields, found " +
         std::to_string(fields.size()));
  }
  return true;
}

int CsvReader::Advance() {
  if (pushed_back_ != -2) return std::exchange(pushed_back_, -2);
  int byte = file_.Next();
  if (byte == '\r') {
    const int after = file_.Next();
    if (after == '\n') {
      byte = '\n';
    } else {
      pushed_back_ = after;
    }
  }
  if (byte == '\n') ++next_line_;
  return byte;
}

void CsvReader::SkipLine(int byte) {
  while (byte != '\n' && byte != -1) byte = Advance();
}

// Both return the byte that ended the field: the separator, '\n' or -1.
int CsvReader::ReadPlain(int byte, std::string& field) {
  for (; byte != separator_ && byte != '\n' && byte != -1; byte = Advance()) {
    const bool stray_quote = byte == '"' && separator_ == ',';
    if (stray_quote || byte == 0 || field.size() == kMaxFieldBytes) {
      SkipLine(byte);
      if (stray_quote) Fail("a quote inside a field that is not quoted");
      Fail(byte == 0 ? "a zero byte: is this a text file?" : "a field longer than 65536 bytes");
    }
    field.push_back(static_cast<char>(byte));
  }
  return byte;
}

int CsvReader::ReadQuoted(std::string& field) {
  while (true) {
    int byte = Advance();
    if (byte == '"') {
      byte = Advance();
      if (byte == separator_ || byte == '\n' || byte == -1) return byte;
      if (byte != '"') {
        SkipLine(byte);
        Fail("text after a closing quote");
      }
    }
    if (byte == -1) Fail("a quoted field is never closed");
    if (byte == 0) Fail("a zero byte: is this a text file?");
    if (field.size() == kMaxFieldBytes) Fail("a quoted field longer than 65536 bytes");
    field.push_back(static_cast<char>(byte));
  }
}

bool CsvReader::ReadRecord(std::vector<std::string>& fields) {
  fields.clear();
  line_ = next_line_;
  int byte = Advance();
  if (byte == -1) return false;
  bool valid = true;
  while (true) {
    std::string field;
    const int end = byte == '"' ? ReadQuoted(field) : ReadPlain(byte, field);
    valid = valid && codec::IsUtf8(field);
    fields.push_back(std::move(field));
    if (end != separator_) break;
    byte = Advance();
  }
  if (!valid) Fail("the text is not UTF-8");
  return true;
}

}  // namespace baya::tools
