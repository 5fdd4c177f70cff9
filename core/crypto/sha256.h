// SHA-256 (FIPS 180-4 §6.2).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace baya::crypto {

inline constexpr size_t kSha256Bytes = 32;

using Sha256Digest = std::array<uint8_t, kSha256Bytes>;

Sha256Digest Sha256(ByteView message);

}  // namespace baya::crypto
