#include "lib/json_lines.h"

#include <cmath>
#include <optional>
#include <utility>

#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using codec::JsonValue;

constexpr size_t kMaxLineBytes = size_t{1} << 20;

// Whole numbers up to here are exact in a double.
constexpr double kMaxExact = 9007199254740992.0;  // 2^53

std::optional<std::string> NumberText(const JsonValue& value) {
  if (const auto number = value.AsUint64(); number.ok()) return std::to_string(*number);
  if (const auto number = value.AsInt64(); number.ok()) return std::to_string(*number);
  const auto number = value.AsDouble();
  if (!number.ok()) return std::nullopt;
  if (std::trunc(*number) == *number && std::abs(*number) <= kMaxExact) {
    return std::to_string(static_cast<int64_t>(*number));
  }
  return OrThrow(codec::WriteJson(value), "a number");
}

std::optional<std::string> ScalarText(const JsonValue& value) {
  if (value.IsNull()) return "";
  if (const auto text = value.AsString(); text.ok()) return std::string(*text);
  if (const auto yes = value.AsBool(); yes.ok()) return *yes ? "yes" : "no";
  return NumberText(value);
}

// nullopt for an object, or one in a list.
std::optional<std::string> TextOf(const JsonValue& value) {
  const auto elements = value.Elements();
  if (!elements.ok()) return ScalarText(value);
  std::string list;
  for (const JsonValue& element : *elements) {
    const auto text = ScalarText(element);
    if (!text) return std::nullopt;
    if (!list.empty()) list += '|';
    list += *text;
  }
  return list;
}

}  // namespace

JsonLines::JsonLines(const std::string& path) : file_(path) {
  if (!ReadRecord()) throw ToolError(path + " is empty: one JSON object a line is needed");
  first_is_ready_ = true;
}

bool JsonLines::Next() { return std::exchange(first_is_ready_, false) || ReadRecord(); }

// False at the end. A line that is too long is read over.
bool JsonLines::ReadLine() {
  text_.clear();
  ++line_;
  int byte = file_.Next();
  if (byte == -1) return false;
  for (; byte != '\n' && byte != -1; byte = file_.Next()) {
    if (text_.size() <= kMaxLineBytes) text_.push_back(static_cast<char>(byte));
  }
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (line_ == 1 && text_.starts_with(kByteOrderMark)) text_.erase(0, kByteOrderMark.size());
  return true;
}

bool JsonLines::ReadRecord() {
  do {
    if (!ReadLine()) return false;
  } while (text_.find_first_not_of(" \t\r") == std::string::npos);
  if (text_.size() > kMaxLineBytes) Fail("a line longer than 1 MiB");
  const auto value = codec::ParseJson(text_);
  if (!value.ok()) Fail("this is no JSON object: " + std::string(value.status().message()));
  const auto members = value->Members();
  if (!members.ok()) Fail("this is no JSON object: one object a line is needed");
  Clear();
  for (const codec::JsonMember& member : *members) Take(member.name, member.value);
  return true;
}

void JsonLines::Take(const std::string& name, const JsonValue& value) {
  const auto known = Find(name);
  const size_t column = known ? *known : AddColumn(name);
  auto text = TextOf(value);
  if (text) {
    Set(column, *std::move(text));
  } else {
    SetNested(column);
  }
}

}  // namespace baya::tools
