// JSON Lines (jsonlines.org): one JSON object (RFC 8259) a line, its members the fields.
#pragma once

#include <string>

#include "codec/json.h"
#include "lib/input_file.h"
#include "lib/table.h"

namespace baya::tools {

class JsonLines final : public RecordTable {
 public:
  // Reads as far as the first object. Throws ToolError, LineError.
  explicit JsonLines(const std::string& path);

  // Throws LineError for a line that is no object, or of more than 1 MiB.
  bool Next() override;
  int64_t line() const override { return line_; }
  double Progress() const override { return file_.Progress(); }
  const std::string& path() const override { return file_.path(); }

 private:
  bool ReadLine();
  bool ReadRecord();
  void Take(const std::string& name, const codec::JsonValue& value);

  InputFile file_;
  std::string text_;
  int64_t line_ = 0;
  bool first_is_ready_ = false;
};

}  // namespace baya::tools
