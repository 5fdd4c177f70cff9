// Published figures in tests: hex digits to bytes and back.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/secret_bytes.h"

namespace baya::crypto::testing {

inline uint8_t HexDigit(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<uint8_t>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<uint8_t>(digit - 'a' + 10);
  std::abort();
}

// Aborts on anything but pairs of lower-case digits.
inline Bytes FromHex(std::string_view text) {
  if (text.size() % 2 != 0) std::abort();
  Bytes bytes;
  for (size_t i = 0; i < text.size(); i += 2) {
    bytes.push_back(static_cast<uint8_t>(HexDigit(text[i]) << 4 | HexDigit(text[i + 1])));
  }
  return bytes;
}

inline SecretBytes SecretFromHex(std::string_view text) {
  return SecretBytes::CopyOf(FromHex(text));
}

inline std::string ToHex(ByteView bytes) {
  std::string text;
  for (uint8_t byte : bytes) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

}  // namespace baya::crypto::testing
