#include "profile/call.h"

#include <cmath>
#include <utility>

#include "codec/tls.h"
#include "codec/utf8.h"
#include "profile/limits.h"

namespace baya::profile {
namespace {

constexpr uint8_t kVersion = 1;

constexpr uint64_t kTimeEnd = uint64_t{1} << 53;  // what a JavaScript number counts exactly

constexpr Status kMalformed = kError<StatusCode::kInvalidArgument, "the call is malformed">;
constexpr Status kTooLarge =
    kError<StatusCode::kResourceExhausted, "the call has more than 32 KiB">;

Result<std::string_view> ReadText(Result<ByteView> bytes) {
  if (!bytes.ok()) return bytes.status();
  const std::string_view text = AsText(*bytes);
  if (!codec::IsUtf8(text)) return kMalformed;
  return text;
}

Result<Value> ReadValue(codec::Reader& reader, size_t depth);

Result<Value> ReadNumber(codec::Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint64_t bits, reader.U64());
  const auto number = __builtin_bit_cast(double, bits);
  if (!std::isfinite(number)) return kMalformed;
  return Value::Number(number);
}

Result<Value> ReadArray(codec::Reader& reader, size_t depth) {
  BAYA_ASSIGN_OR_RETURN(codec::Reader content, reader.Vector16());
  Value array = Value::Array({});
  while (content.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto&& element, ReadValue(content, depth + 1));
    array.elements.push_back(std::move(element));
  }
  return array;
}

bool HasMember(const Value& object, std::string_view name) {
  for (const Property& member : object.members) {
    if (member.name == name) return true;
  }
  return false;
}

Result<Value> ReadObject(codec::Reader& reader, size_t depth) {
  BAYA_ASSIGN_OR_RETURN(codec::Reader content, reader.Vector16());
  Value object = Value::Object({});
  while (content.remaining() > 0) {
    if (object.members.size() == kMaxMembersPerObject) return kMalformed;
    BAYA_ASSIGN_OR_RETURN(const std::string_view name, ReadText(content.Opaque8()));
    if (HasMember(object, name)) return kMalformed;
    BAYA_ASSIGN_OR_RETURN(auto&& value, ReadValue(content, depth + 1));
    object.members.push_back({name, std::move(value)});
  }
  return object;
}

Result<Value> ReadValue(codec::Reader& reader, size_t depth) {
  if (depth > kMaxCallDepth) return kMalformed;
  BAYA_ASSIGN_OR_RETURN(const uint8_t type, reader.U8());
  switch (static_cast<Value::Type>(type)) {
    case Value::Type::kNull:
      return Value();
    case Value::Type::kFalse:
      return Value::Bool(false);
    case Value::Type::kTrue:
      return Value::Bool(true);
    case Value::Type::kNumber:
      return ReadNumber(reader);
    case Value::Type::kText: {
      BAYA_ASSIGN_OR_RETURN(const std::string_view text, ReadText(reader.Opaque16()));
      return Value::Text(text);
    }
    case Value::Type::kArray:
      return ReadArray(reader, depth);
    case Value::Type::kObject:
      return ReadObject(reader, depth);
  }
  return kMalformed;
}

void WriteValue(codec::Writer& writer, const Value& value) {
  writer.U8(static_cast<uint8_t>(value.type));
  switch (value.type) {
    case Value::Type::kNull:
    case Value::Type::kFalse:
    case Value::Type::kTrue:
      return;
    case Value::Type::kNumber:
      return writer.U64(__builtin_bit_cast(uint64_t, value.number));
    case Value::Type::kText:
      return writer.Opaque16(AsBytes(value.text));
    case Value::Type::kArray:
      return writer.Vector16([&value](codec::Writer& content) {
        for (const Value& element : value.elements) WriteValue(content, element);
      });
    case Value::Type::kObject:
      return writer.Vector16([&value](codec::Writer& content) {
        for (const Property& member : value.members) {
          content.Opaque8(AsBytes(member.name));
          WriteValue(content, member.value);
        }
      });
  }
}

bool IsVerb(Verb verb) { return verb >= Verb::kTrack && verb <= Verb::kGroup; }

}  // namespace

Value Value::Bool(bool value) {
  Value result;
  result.type = value ? Type::kTrue : Type::kFalse;
  return result;
}

Value Value::Number(double number) {
  Value result;
  result.type = Type::kNumber;
  result.number = number;
  return result;
}

Value Value::Text(std::string_view text) {
  Value result;
  result.type = Type::kText;
  result.text = text;
  return result;
}

Value Value::Array(std::vector<Value> elements) {
  Value result;
  result.type = Type::kArray;
  result.elements = std::move(elements);
  return result;
}

Value Value::Object(std::vector<Property> members) {
  Value result;
  result.type = Type::kObject;
  result.members = std::move(members);
  return result;
}

Result<Call> DecodeCall(ByteView bytes) {
  if (bytes.size() > kMaxCallBytes) return kTooLarge;
  codec::Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion) {
    return kError<StatusCode::kUnimplemented, "the call has an unknown version">;
  }
  Call call;
  BAYA_ASSIGN_OR_RETURN(const uint8_t verb, reader.U8());
  call.verb = static_cast<Verb>(verb);
  BAYA_ASSIGN_OR_RETURN(const uint8_t source, reader.U8());
  call.source = static_cast<EventSource>(source);
  if (!IsVerb(call.verb) || !IsEventSource(call.source)) return kMalformed;
  BAYA_ASSIGN_OR_RETURN(call.message_id, ReadText(reader.Opaque8()));
  BAYA_ASSIGN_OR_RETURN(const uint64_t time_ms, reader.U64());
  BAYA_ASSIGN_OR_RETURN(const uint64_t sent_ms, reader.U64());
  call.time_ms = static_cast<int64_t>(time_ms);
  call.sent_ms = static_cast<int64_t>(sent_ms);
  if (time_ms >= kTimeEnd || sent_ms >= kTimeEnd) return kMalformed;
  BAYA_ASSIGN_OR_RETURN(call.name, ReadText(reader.Opaque8()));
  BAYA_ASSIGN_OR_RETURN(call.properties, ReadValue(reader, 1));
  if (call.properties.type != Value::Type::kObject) return kMalformed;
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return call;
}

Result<Bytes> EncodeCall(const Call& call) {
  codec::Writer writer;
  writer.U8(kVersion);
  writer.U8(static_cast<uint8_t>(call.verb));
  writer.U8(static_cast<uint8_t>(call.source));
  writer.Opaque8(AsBytes(call.message_id));
  writer.U64(static_cast<uint64_t>(call.time_ms));
  writer.U64(static_cast<uint64_t>(call.sent_ms));
  writer.Opaque8(AsBytes(call.name));
  WriteValue(writer, call.properties);
  Result<Bytes> bytes = std::move(writer).Finish();
  if (!bytes.ok()) return kTooLarge;
  BAYA_RETURN_IF_ERROR(DecodeCall(*bytes).status());
  return bytes;
}

}  // namespace baya::profile
