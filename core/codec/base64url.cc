#include "codec/base64url.h"

namespace baya::codec {
namespace {

constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// 64 for what is not in the alphabet.
uint32_t DigitValue(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<uint32_t>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<uint32_t>(c - 'a' + 26);
  if (c >= '0' && c <= '9') return static_cast<uint32_t>(c - '0' + 52);
  if (c == '-') return 62;
  if (c == '_') return 63;
  return 64;
}

}  // namespace

std::string EncodeBase64Url(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  uint32_t pending = 0;
  int bits = 0;
  for (const uint8_t byte : bytes) {
    pending = (pending << 8 | byte) & 0xFFFF;
    for (bits += 8; bits >= 6;) {
      bits -= 6;
      text.push_back(kAlphabet[pending >> bits & 63]);
    }
  }
  if (bits > 0) text.push_back(kAlphabet[pending << (6 - bits) & 63]);
  return text;
}

Result<Bytes> DecodeBase64Url(std::string_view text) {
  if (text.size() % 4 == 1) {
    return kError<StatusCode::kInvalidArgument, "base64url text has an impossible length">;
  }
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  uint32_t pending = 0;
  int bits = 0;
  for (const char c : text) {
    const uint32_t digit = DigitValue(c);
    if (digit > 63) {
      return kError<StatusCode::kInvalidArgument, "base64url text has a character outside it">;
    }
    pending = (pending << 6 | digit) & 0xFFFF;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<uint8_t>(pending >> bits));
    }
  }
  if ((pending & ((1u << bits) - 1)) != 0) {
    return kError<StatusCode::kInvalidArgument, "base64url text ends in bits that are not zero">;
  }
  return bytes;
}

}  // namespace baya::codec
