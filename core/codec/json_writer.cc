#include "codec/json_writer.h"

#include <utility>

#include "codec/decimal.h"
#include "codec/utf8.h"

namespace baya::codec {

void JsonWriter::Separate() {
  if (after_value_) text_.push_back(',');
  after_value_ = true;
}

void JsonWriter::Open(char bracket) {
  Separate();
  text_.push_back(bracket);
  after_value_ = false;
}

void JsonWriter::Close(char bracket) {
  text_.push_back(bracket);
  after_value_ = true;
}

void JsonWriter::Name(std::string_view name) {
  Text(name);
  text_.push_back(':');
  after_value_ = false;
}

// RFC 8259 §7: only what must be escaped is.
void JsonWriter::Text(std::string_view value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  Separate();
  utf8_ = utf8_ && IsUtf8(value);
  text_.push_back('"');
  for (const char c : value) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte < 0x20 && c != '\n') {
      text_ += "\\u00";
      text_.push_back(kDigits[byte >> 4]);
      text_.push_back(kDigits[byte & 15]);
      continue;
    }
    if (c == '"' || c == '\\' || c == '\n') text_.push_back('\\');
    text_.push_back(c == '\n' ? 'n' : c);
  }
  text_.push_back('"');
}

void JsonWriter::Number(int64_t value) {
  Separate();
  text_ += DecimalText(value);
}

void JsonWriter::Bool(std::string_view name, bool value) {
  Name(name);
  Separate();
  text_ += value ? "true" : "false";
}

Result<std::string> JsonWriter::Finish() && {
  if (!utf8_) return kError<StatusCode::kInvalidArgument, "a JSON string is not UTF-8">;
  return std::move(text_);
}

}  // namespace baya::codec
