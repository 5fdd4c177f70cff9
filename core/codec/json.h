// JSON (RFC 8259) as a value tree of our own, for control data, tools and tests.
//
// The parser refuses what readers disagree about: names that occur twice, text that is not UTF-8,
// numbers out of range. The event path does not use JSON.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/status.h"

namespace baya::codec {

struct JsonMember;

// Integers keep all 64 bits. Getters fail with kInvalidArgument when the value is of another kind
// or does not fit; views and pointers are valid until the value changes.
class JsonValue {
 public:
  JsonValue();  // null
  JsonValue(const JsonValue& other);
  JsonValue(JsonValue&& other) noexcept;
  JsonValue& operator=(const JsonValue& other);
  JsonValue& operator=(JsonValue&& other) noexcept;
  ~JsonValue();
  template <std::same_as<bool> T>
  JsonValue(T value) {
    SetBool(value);
  }
  template <std::integral T>
  requires(!std::same_as<T, bool>) JsonValue(T value) {
    if (value < 0) {
      SetSigned(static_cast<int64_t>(value));
    } else {
      SetUnsigned(static_cast<uint64_t>(value));
    }
  }
  template <std::floating_point T>
  JsonValue(T value) {
    SetDouble(static_cast<double>(value));
  }
  template <std::convertible_to<std::string_view> T>
  JsonValue(const T& text) {
    SetString(text);
  }

  static JsonValue Array();
  static JsonValue Object();

  bool IsNull() const { return std::holds_alternative<std::monostate>(value_); }
  Result<bool> AsBool() const;
  Result<uint64_t> AsUint64() const;
  Result<int64_t> AsInt64() const;
  // Any number; an integer above 2^53 is rounded.
  Result<double> AsDouble() const;
  Result<std::string_view> AsString() const;
  // A string of hex digits.
  Result<Bytes> AsHex() const;

  Result<std::span<const JsonValue>> Elements() const;
  // Ascending by the bytes of the name.
  Result<std::span<const JsonMember>> Members() const;

  // kOutOfRange past the end.
  Result<const JsonValue*> Element(size_t index) const;
  // kNotFound when the object has no such member.
  Result<const JsonValue*> Member(std::string_view name) const;

  // Member(name) and the getter in one step.
  Result<bool> BoolAt(std::string_view name) const;
  Result<uint64_t> Uint64At(std::string_view name) const;
  Result<int64_t> Int64At(std::string_view name) const;
  Result<double> DoubleAt(std::string_view name) const;
  Result<std::string_view> StringAt(std::string_view name) const;
  Result<Bytes> HexAt(std::string_view name) const;
  Result<std::span<const JsonValue>> ElementsAt(std::string_view name) const;

  // Makes a null value an array or object first. REQUIRES: null or of that kind; aborts otherwise.
  void Append(JsonValue element);
  // Replaces a member of that name. Returns the value where it now lives.
  JsonValue& Set(std::string_view name, JsonValue value);

 private:
  friend class JsonBuilder;
  friend class JsonPrinter;

  using ArrayValue = std::vector<JsonValue>;
  using ObjectValue = std::vector<JsonMember>;  // ascending by name, each name once

  // Out of line: clang looks into the variant here, where JsonMember is not complete yet.
  void SetBool(bool value);
  void SetDouble(double value);
  void SetString(std::string_view value);
  void SetSigned(int64_t value);
  void SetUnsigned(uint64_t value);

  std::variant<std::monostate, bool, uint64_t, int64_t, double, std::string, ArrayValue,
               ObjectValue>
      value_;
};

struct JsonMember {
  std::string name;
  JsonValue value;
};

struct JsonLimits {
  size_t max_bytes = size_t{1} << 20;
  size_t max_depth = 32;  // arrays and objects inside one another
};

// One JSON text and nothing after it. kInvalidArgument when it is malformed or too deep,
// kResourceExhausted when it is too long. `error_offset` is set to the number of bytes up to where
// it is malformed; it stays as it is when nobody can point there.
Result<JsonValue> ParseJson(std::string_view text, const JsonLimits& limits = {},
                            size_t* error_offset = nullptr);

enum class JsonStyle : uint8_t {
  kCompact,   // no white space
  kIndented,  // two spaces a level, one member or element a line, a newline at the end
};

// The same text for equal values on every machine: members ascending by name, the fewest digits
// that read back as the same double. kInvalidArgument for a string that is not UTF-8 or a number
// that is not finite.
Result<std::string> WriteJson(const JsonValue& value, JsonStyle style = JsonStyle::kCompact);

}  // namespace baya::codec
