#include "codec/json_reader.h"

#include "codec/utf8.h"

namespace baya::codec {
namespace {

constexpr Status kMalformed = kError<StatusCode::kInvalidArgument,
                                     "a JSON text is malformed, too deep or not what was expected">;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// RFC 3629 §3. REQUIRES: a code point, no surrogate.
void AppendUtf8(uint32_t code, std::string& out) {
  const auto continued = [&](unsigned shift) {
    out.push_back(static_cast<char>(0x80 | ((code >> shift) & 0x3F)));
  };
  if (code < 0x80) {
    out.push_back(static_cast<char>(code));
    return;
  }
  if (code < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (code >> 6)));
  } else {
    if (code < 0x10000) {
      out.push_back(static_cast<char>(0xE0 | (code >> 12)));
    } else {
      out.push_back(static_cast<char>(0xF0 | (code >> 18)));
      continued(12);
    }
    continued(6);
  }
  continued(0);
}

}  // namespace

void JsonReader::SkipSpace() {
  const size_t start = rest_.find_first_not_of(" \t\n\r");
  rest_.remove_prefix(start == std::string_view::npos ? rest_.size() : start);
}

bool JsonReader::Take(char c) {
  if (rest_.empty() || rest_.front() != c) return false;
  rest_.remove_prefix(1);
  return true;
}

bool JsonReader::TakeDigits() {
  const size_t before = rest_.size();
  while (!rest_.empty() && IsDigit(rest_.front())) rest_.remove_prefix(1);
  return rest_.size() != before;
}

Result<uint32_t> JsonReader::TakeHex4() {
  uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    if (rest_.empty()) return kMalformed;
    const char c = rest_.front();
    const char letter = static_cast<char>(c | 0x20);
    if (IsDigit(c)) {
      value = value * 16 + static_cast<uint32_t>(c - '0');
    } else if (letter >= 'a' && letter <= 'f') {
      value = value * 16 + static_cast<uint32_t>(letter - 'a' + 10);
    } else {
      return kMalformed;
    }
    rest_.remove_prefix(1);
  }
  return value;
}

// After the backslash (RFC 8259 §7).
Status JsonReader::TakeEscape(std::string& out) {
  static constexpr std::string_view kLetters = "\"\\/bfnrt";
  static constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
  if (rest_.empty()) return kMalformed;
  const size_t simple = kLetters.find(rest_.front());
  if (simple != std::string_view::npos) {
    out.push_back(kMeant[simple]);
    rest_.remove_prefix(1);
    return OkStatus();
  }
  if (!Take('u')) return kMalformed;
  BAYA_ASSIGN_OR_RETURN(uint32_t code, TakeHex4());
  if (code >= 0xD800 && code < 0xE000) {
    if (code >= 0xDC00 || !Take('\\') || !Take('u')) return kMalformed;
    BAYA_ASSIGN_OR_RETURN(const uint32_t low, TakeHex4());
    if (low < 0xDC00 || low >= 0xE000) return kMalformed;
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  AppendUtf8(code, out);
  return OkStatus();
}

Result<std::string> JsonReader::Text() {
  SkipSpace();
  if (!Take('"')) return kMalformed;
  std::string text;
  while (!rest_.empty()) {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '"') {
      if (!IsUtf8(text)) return kMalformed;
      return text;
    }
    if (static_cast<uint8_t>(c) < 0x20) return kMalformed;
    if (c == '\\') {
      BAYA_RETURN_IF_ERROR(TakeEscape(text));
    } else {
      text.push_back(c);
    }
  }
  return kMalformed;
}

// RFC 8259 §6.
Status JsonReader::SkipNumber() {
  Take('-');
  if (!Take('0') && !TakeDigits()) return kMalformed;
  if (Take('.') && !TakeDigits()) return kMalformed;
  if (Take('e') || Take('E')) {
    if (!Take('+')) Take('-');
    if (!TakeDigits()) return kMalformed;
  }
  return OkStatus();
}

Result<int64_t> JsonReader::Integer() {
  SkipSpace();
  std::string_view digits = rest_;
  BAYA_RETURN_IF_ERROR(SkipNumber());
  digits = digits.substr(0, digits.size() - rest_.size());
  const bool negative = digits.front() == '-';
  if (negative) digits.remove_prefix(1);
  constexpr uint64_t kMost = uint64_t{1} << 63;  // the size of the least one
  uint64_t size = 0;
  for (const char digit : digits) {
    if (!IsDigit(digit) || size > kMost / 10) return kMalformed;
    size = size * 10 + static_cast<uint64_t>(digit - '0');
  }
  if (size > (negative ? kMost : kMost - 1)) return kMalformed;
  return static_cast<int64_t>(negative ? 0 - size : size);
}

Status JsonReader::Begin(char bracket) {
  SkipSpace();
  if (depth_left_ == 0 || !Take(bracket)) return kMalformed;
  --depth_left_;
  first_ = true;
  return OkStatus();
}

Result<bool> JsonReader::Next(char bracket) {
  SkipSpace();
  const bool first = first_;
  first_ = false;
  if (Take(bracket)) {
    ++depth_left_;
    return false;
  }
  if (!first && !Take(',')) return kMalformed;
  return true;
}

Result<bool> JsonReader::NextMember(std::string& name) {
  BAYA_ASSIGN_OR_RETURN(const bool more, Next('}'));
  if (!more) return false;
  BAYA_ASSIGN_OR_RETURN(name, Text());
  SkipSpace();
  if (!Take(':')) return kMalformed;
  return true;
}

Status JsonReader::SkipWord() {
  for (const std::string_view word : {"true", "false", "null"}) {
    if (!rest_.starts_with(word)) continue;
    rest_.remove_prefix(word.size());
    return OkStatus();
  }
  return kMalformed;
}

Status JsonReader::SkipList(char close) {
  std::string name;
  for (;;) {
    BAYA_ASSIGN_OR_RETURN(const bool more, close == '}' ? NextMember(name) : Next(close));
    if (!more) return OkStatus();
    BAYA_RETURN_IF_ERROR(Skip());
  }
}

Status JsonReader::Skip() {
  SkipSpace();
  if (rest_.empty()) return kMalformed;
  const char c = rest_.front();
  if (c == '"') return Text().status();
  if (c == '{' || c == '[') {
    BAYA_RETURN_IF_ERROR(Begin(c));
    return SkipList(c == '{' ? '}' : ']');
  }
  return c == '-' || IsDigit(c) ? SkipNumber() : SkipWord();
}

Status JsonReader::Finish() {
  SkipSpace();
  return rest_.empty() ? OkStatus() : kMalformed;
}

}  // namespace baya::codec
