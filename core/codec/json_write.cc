#include <cmath>
#include <nlohmann/json.hpp>

#include "codec/json.h"
#include "codec/utf8.h"

namespace baya::codec {

class JsonPrinter {
 public:
  explicit JsonPrinter(JsonStyle style) : style_(style) {}

  Status Print(const JsonValue& value) {
    return std::visit([this](const auto& held) { return PrintHeld(held); }, value.value_);
  }

  std::string TakeText() {
    if (style_ == JsonStyle::kIndented) text_.push_back('\n');
    return std::move(text_);
  }

 private:
  Status PrintHeld(std::monostate) { return PrintLiteral("null"); }
  Status PrintHeld(bool value) { return PrintLiteral(value ? "true" : "false"); }
  Status PrintHeld(uint64_t value) { return PrintLiteral(std::to_string(value)); }
  Status PrintHeld(int64_t value) { return PrintLiteral(std::to_string(value)); }
  Status PrintHeld(double value) {
    if (!std::isfinite(value)) {
      return kError<StatusCode::kInvalidArgument, "JSON has no number that is not finite">;
    }
    return PrintLiteral(nlohmann::json(value).dump());
  }
  Status PrintHeld(const std::string& value);
  Status PrintHeld(const std::vector<JsonValue>& elements) {
    return PrintList('[', ']', elements, [this](const JsonValue& value) { return Print(value); });
  }
  Status PrintHeld(const std::vector<JsonMember>& members) {
    return PrintList('{', '}', members, [this](const JsonMember& member) {
      BAYA_RETURN_IF_ERROR(PrintHeld(member.name));
      text_ += style_ == JsonStyle::kIndented ? ": " : ":";
      return Print(member.value);
    });
  }

  template <typename Item, typename PrintItem>
  Status PrintList(char open, char close, const std::vector<Item>& items, PrintItem print_item) {
    text_.push_back(open);
    ++depth_;
    for (size_t i = 0; i < items.size(); ++i) {
      if (i > 0) text_.push_back(',');
      NewLine();
      BAYA_RETURN_IF_ERROR(print_item(items[i]));
    }
    --depth_;
    if (!items.empty()) NewLine();
    text_.push_back(close);
    return OkStatus();
  }

  Status PrintLiteral(std::string_view text) {
    text_ += text;
    return OkStatus();
  }

  void NewLine() {
    if (style_ == JsonStyle::kIndented) text_.append("\n").append(2 * depth_, ' ');
  }

  const JsonStyle style_;
  std::string text_;
  size_t depth_ = 0;
};

// RFC 8259 §7: only what must be escaped is.
Status JsonPrinter::PrintHeld(const std::string& value) {
  if (!IsUtf8(value)) return kError<StatusCode::kInvalidArgument, "a JSON string is not UTF-8">;
  static constexpr char kDigits[] = "0123456789abcdef";
  text_.push_back('"');
  for (const char c : value) {
    const auto byte = static_cast<uint8_t>(c);
    if (c == '"' || c == '\\') {
      text_.push_back('\\');
      text_.push_back(c);
    } else if (c == '\n') {
      text_ += "\\n";
    } else if (byte < 0x20) {
      text_ += "\\u00";
      text_.push_back(kDigits[byte >> 4]);
      text_.push_back(kDigits[byte & 15]);
    } else {
      text_.push_back(c);
    }
  }
  text_.push_back('"');
  return OkStatus();
}

Result<std::string> WriteJson(const JsonValue& value, JsonStyle style) {
  JsonPrinter printer(style);
  BAYA_RETURN_IF_ERROR(printer.Print(value));
  return printer.TakeText();
}

}  // namespace baya::codec
