// Reads JSON (RFC 8259) front to back, without a tree: what a page loads has no other reader.
//
// It takes the texts, whole numbers, arrays and objects that our own formats hold, in any order and
// with any white space, and passes over any other value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/status.h"

namespace baya::codec {

// The caller knows the shape and asks for what should come; kInvalidArgument when something else
// does. After an error nothing more is read. The text must outlive the reader.
class JsonReader {
 public:
  // `max_depth`: arrays and objects inside one another.
  JsonReader(std::string_view text, size_t max_depth) : rest_(text), depth_left_(max_depth) {}

  Result<std::string> Text();
  // Neither a fraction nor an exponent; -2^63 to 2^63 - 1.
  Result<int64_t> Integer();

  // Then NextElement until it is false, with the element read in between.
  Status BeginArray() { return Begin('['); }
  Result<bool> NextElement() { return Next(']'); }

  // Then NextMember until it is false, with the value read in between. Whether a name occurs twice
  // is for the caller to see.
  Status BeginObject() { return Begin('{'); }
  Result<bool> NextMember(std::string& name);

  // Any one value.
  Status Skip();

  // Nothing but white space is left.
  Status Finish();

 private:
  Status Begin(char bracket);
  Result<bool> Next(char bracket);
  void SkipSpace();
  bool Take(char c);
  bool TakeDigits();
  Status TakeEscape(std::string& out);
  Result<uint32_t> TakeHex4();
  Status SkipNumber();
  Status SkipWord();
  Status SkipList(char close);

  std::string_view rest_;
  size_t depth_left_;
  bool first_ = false;  // an array or object was just opened
};

}  // namespace baya::codec
