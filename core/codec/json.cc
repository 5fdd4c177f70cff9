#include "codec/json.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "codec/hex.h"

namespace baya::codec {
namespace {

constexpr Status kOtherKind =
    kError<StatusCode::kInvalidArgument, "a JSON value is of another kind">;
constexpr Status kNumberRange =
    kError<StatusCode::kInvalidArgument, "a JSON number is out of range">;

bool NameBefore(const JsonMember& member, std::string_view name) { return member.name < name; }

}  // namespace

JsonValue::JsonValue() = default;
JsonValue::JsonValue(const JsonValue& other) = default;
JsonValue::JsonValue(JsonValue&& other) noexcept = default;
JsonValue& JsonValue::operator=(const JsonValue& other) = default;
JsonValue& JsonValue::operator=(JsonValue&& other) noexcept = default;
JsonValue::~JsonValue() = default;

void JsonValue::SetBool(bool value) { value_ = value; }
void JsonValue::SetDouble(double value) { value_ = value; }
void JsonValue::SetString(std::string_view value) { value_ = std::string(value); }
void JsonValue::SetSigned(int64_t value) { value_ = value; }
void JsonValue::SetUnsigned(uint64_t value) { value_ = value; }

JsonValue JsonValue::Array() {
  JsonValue value;
  value.value_ = ArrayValue();
  return value;
}

JsonValue JsonValue::Object() {
  JsonValue value;
  value.value_ = ObjectValue();
  return value;
}

Result<bool> JsonValue::AsBool() const {
  if (const bool* value = std::get_if<bool>(&value_)) return *value;
  return kOtherKind;
}

Result<uint64_t> JsonValue::AsUint64() const {
  if (const uint64_t* value = std::get_if<uint64_t>(&value_)) return *value;
  if (std::holds_alternative<int64_t>(value_)) return kNumberRange;
  return kOtherKind;
}

Result<int64_t> JsonValue::AsInt64() const {
  if (const int64_t* value = std::get_if<int64_t>(&value_)) return *value;
  const uint64_t* value = std::get_if<uint64_t>(&value_);
  if (value == nullptr) return kOtherKind;
  if (*value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) return kNumberRange;
  return static_cast<int64_t>(*value);
}

Result<double> JsonValue::AsDouble() const {
  if (const double* value = std::get_if<double>(&value_)) return *value;
  if (const uint64_t* value = std::get_if<uint64_t>(&value_)) return static_cast<double>(*value);
  if (const int64_t* value = std::get_if<int64_t>(&value_)) return static_cast<double>(*value);
  return kOtherKind;
}

Result<std::string_view> JsonValue::AsString() const {
  if (const std::string* value = std::get_if<std::string>(&value_)) return std::string_view(*value);
  return kOtherKind;
}

Result<Bytes> JsonValue::AsHex() const {
  BAYA_ASSIGN_OR_RETURN(const std::string_view text, AsString());
  return DecodeHex(text);
}

Result<std::span<const JsonValue>> JsonValue::Elements() const {
  if (const ArrayValue* array = std::get_if<ArrayValue>(&value_))
    return std::span<const JsonValue>(*array);
  return kOtherKind;
}

Result<std::span<const JsonMember>> JsonValue::Members() const {
  if (const ObjectValue* object = std::get_if<ObjectValue>(&value_)) {
    return std::span<const JsonMember>(*object);
  }
  return kOtherKind;
}

Result<const JsonValue*> JsonValue::Element(size_t index) const {
  BAYA_ASSIGN_OR_RETURN(const std::span<const JsonValue>& elements, Elements());
  if (index >= elements.size()) {
    return kError<StatusCode::kOutOfRange, "a JSON array has fewer elements">;
  }
  return &elements[index];
}

Result<const JsonValue*> JsonValue::Member(std::string_view name) const {
  BAYA_ASSIGN_OR_RETURN(const std::span<const JsonMember>& members, Members());
  const auto found = std::lower_bound(members.begin(), members.end(), name, NameBefore);
  if (found == members.end() || found->name != name) {
    return kError<StatusCode::kNotFound, "a JSON object lacks a member">;
  }
  return &found->value;
}

Result<bool> JsonValue::BoolAt(std::string_view name) const {
  BAYA_ASSIGN_OR_RETURN(const JsonValue* member, Member(name));
  return member->AsBool();
}

Result<uint64_t> JsonValue::Uint64At(std::string_view name) const {
  BAYA_ASSIGN_OR_RETURN(const JsonValue* member, Member(name));
  return member->AsUint64();
}

Result<int64_t> JsonValue::Int64At(std::string_view name) const {
  BAYA_ASSIGN_OR_RETURN(const JsonValue* member, Member(name));
  return member->AsInt64();
}

Result<double> JsonValue::DoubleAt(std::string_view name) const {
  BAYA_ASSIGN_OR_RETURN(const JsonValue* member, Member(name));
  return member->AsDouble();
}

Result<std::string_view> JsonValue::StringAt(std::string_view name) const {
  BAYA_ASSIGN_OR_RETURN(const JsonValue* member, Member(name));
  return member->AsString();
}

Result<Bytes> JsonValue::HexAt(std::string_view name) const {
  BAYA_ASSIGN_OR_RETURN(const JsonValue* member, Member(name));
  return member->AsHex();
}

Result<std::span<const JsonValue>> JsonValue::ElementsAt(std::string_view name) const {
  BAYA_ASSIGN_OR_RETURN(const JsonValue* member, Member(name));
  return member->Elements();
}

void JsonValue::Append(JsonValue element) {
  if (IsNull()) value_ = ArrayValue();
  ArrayValue* array = std::get_if<ArrayValue>(&value_);
  if (array == nullptr) std::abort();
  array->push_back(std::move(element));
}

JsonValue& JsonValue::Set(std::string_view name, JsonValue value) {
  if (IsNull()) value_ = ObjectValue();
  ObjectValue* object = std::get_if<ObjectValue>(&value_);
  if (object == nullptr) std::abort();
  auto place = std::lower_bound(object->begin(), object->end(), name, NameBefore);
  if (place != object->end() && place->name == name) {
    place->value = std::move(value);
  } else {
    place = object->insert(place, JsonMember{std::string(name), std::move(value)});
  }
  return place->value;
}

}  // namespace baya::codec
