// Writes JSON (RFC 8259) front to back, without a tree: what a page loads has no other writer.
//
// No white space. Members stand in the order they are written, and a writer of a format keeps them
// ascending by name, so that equal data gives equal text. Numbers are integers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace baya::codec {

// `name` of a member comes with its value; the elements of an array have none. The caller closes
// what it opens. An error sticks, and Finish reports it.
class JsonWriter {
 public:
  void BeginObject() { Open('{'); }
  void BeginObject(std::string_view name) { Name(name), Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void BeginArray(std::string_view name) { Name(name), Open('['); }
  void EndArray() { Close(']'); }

  void Text(std::string_view value);
  void Text(std::string_view name, std::string_view value) { Name(name), Text(value); }
  void Number(int64_t value);
  void Number(std::string_view name, int64_t value) { Name(name), Number(value); }
  void Bool(std::string_view name, bool value);

  // All that was written; kInvalidArgument when a text or name was not UTF-8.
  Result<std::string> Finish() &&;

 private:
  void Name(std::string_view name);
  void Open(char bracket);
  void Close(char bracket);
  void Separate();

  std::string text_;
  bool after_value_ = false;  // a comma comes before the next one
  bool utf8_ = true;
};

}  // namespace baya::codec
