// Byte strings, owned and borrowed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace baya {

using Bytes = std::vector<uint8_t>;

// Borrowed; valid only while the bytes it points at are.
using ByteView = std::span<const uint8_t>;
using MutableByteView = std::span<uint8_t>;

inline ByteView AsBytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

inline std::string_view AsText(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline Bytes ToBytes(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

// Not constant-time; for secrets use ConstantTimeEqual (base/secret_bytes.h).
inline bool BytesEqual(ByteView a, ByteView b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

}  // namespace baya
