// One call of the page's API, as it crosses from JavaScript: a verb, a name and a tree of
// properties. No vocabulary is known yet at this point.
//
// Bytes: core/docs/formats/event.md §1.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "profile/event.h"

namespace baya::profile {

// On the wire; numbers are never reused.
enum class Verb : uint8_t { kTrack = 1, kPage = 2, kIdentify = 3, kGroup = 4 };

struct Property;

// A JSON value. Text is borrowed from whoever made the value.
struct Value {
  // On the wire.
  enum class Type : uint8_t {
    kNull = 0,
    kFalse = 1,
    kTrue = 2,
    kNumber = 3,
    kText = 4,
    kArray = 5,
    kObject = 6,
  };

  Type type = Type::kNull;
  double number = 0;  // finite
  std::string_view text;
  std::vector<Value> elements;
  std::vector<Property> members;  // each name once

  static Value Bool(bool value);
  static Value Number(double number);
  static Value Text(std::string_view text);
  static Value Array(std::vector<Value> elements);
  static Value Object(std::vector<Property> members);
};

struct Property {
  std::string_view name;
  Value value;
};

struct Call {
  Verb verb{};
  EventSource source{};
  std::string_view message_id;
  int64_t time_ms = 0;  // when it was made, on the caller's clock; [0, 2^53), as is the next
  int64_t sent_ms = 0;  // when it was handed over, on the same clock; 0: not known
  // track: the event's name; page: the page's name or empty; identify: the user's id or empty;
  // group: the group's id.
  std::string_view name;
  Value properties;  // an object; of identify and group, the traits
};

// The views of the result point into `bytes`. kInvalidArgument: malformed, more than kMaxCallDepth
// values deep or kMaxMembersPerObject wide, a name twice, text that is not UTF-8, a number that is
// not finite. kResourceExhausted: over kMaxCallBytes. kUnimplemented: another version.
Result<Call> DecodeCall(ByteView bytes);

// For tests and tools; pages have their own. The same errors.
Result<Bytes> EncodeCall(const Call& call);

}  // namespace baya::profile
