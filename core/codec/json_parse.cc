#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "codec/json.h"

namespace baya::codec {

// Builds the tree from nlohmann's events; `false` from an event ends the parse.
class JsonBuilder {
 public:
  explicit JsonBuilder(size_t max_depth) : max_depth_(max_depth) {}

  bool null() { return Add(JsonValue()); }
  bool boolean(bool value) { return Add(JsonValue(value)); }
  bool number_integer(int64_t value) { return Add(JsonValue(value)); }
  bool number_unsigned(uint64_t value) { return Add(JsonValue(value)); }
  bool number_float(double value, const std::string&) { return Add(JsonValue(value)); }
  bool string(std::string& value) { return Add(JsonValue(value)); }
  bool binary(std::vector<uint8_t>&) { return false; }
  bool start_object(size_t) { return Open(JsonValue::Object()); }
  bool key(std::string& name) {
    open_.back().name = std::move(name);
    return true;
  }
  bool end_object();
  bool start_array(size_t) { return Open(JsonValue::Array()); }
  bool end_array() { return Close(); }
  bool parse_error(size_t offset, const std::string&, const nlohmann::detail::exception&) {
    error_offset_ = offset;
    return false;
  }

  JsonValue TakeRoot() { return std::move(root_); }
  const std::optional<size_t>& error_offset() const { return error_offset_; }

 private:
  struct Level {
    JsonValue value;
    std::string name;  // of the object's member that comes next
  };

  bool Open(JsonValue value) {
    if (open_.size() == max_depth_) return false;
    open_.push_back(Level{std::move(value), {}});
    return true;
  }
  bool Close() {
    JsonValue value = std::move(open_.back().value);
    open_.pop_back();
    return Add(std::move(value));
  }
  bool Add(JsonValue value);

  const size_t max_depth_;
  std::vector<Level> open_;
  JsonValue root_;
  std::optional<size_t> error_offset_;
};

bool JsonBuilder::Add(JsonValue value) {
  if (open_.empty()) {
    root_ = std::move(value);
    return true;
  }
  Level& level = open_.back();
  if (auto* object = std::get_if<JsonValue::ObjectValue>(&level.value.value_)) {
    object->push_back(JsonMember{std::move(level.name), std::move(value)});
  } else {
    level.value.Append(std::move(value));
  }
  return true;
}

bool JsonBuilder::end_object() {
  auto& members = std::get<JsonValue::ObjectValue>(open_.back().value.value_);
  std::sort(members.begin(), members.end(),
            [](const JsonMember& a, const JsonMember& b) { return a.name < b.name; });
  const auto twice =
      std::adjacent_find(members.begin(), members.end(),
                         [](const JsonMember& a, const JsonMember& b) { return a.name == b.name; });
  return twice == members.end() && Close();
}

Result<JsonValue> ParseJson(std::string_view text, const JsonLimits& limits, size_t* error_offset) {
  if (text.size() > limits.max_bytes) {
    return kError<StatusCode::kResourceExhausted, "a JSON text is too long">;
  }
  JsonBuilder builder(limits.max_depth);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
    if (error_offset != nullptr && builder.error_offset()) *error_offset = *builder.error_offset();
    return kError<StatusCode::kInvalidArgument, "a JSON text is malformed or nested too deep">;
  }
  return builder.TakeRoot();
}

}  // namespace baya::codec
