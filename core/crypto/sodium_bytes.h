// How this room hands bytes to libsodium. Included by its .cc files only.
#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace baya::crypto {

// Never null, which libsodium may pass on to memcpy even when there is nothing to copy.
inline const uint8_t* SodiumData(ByteView bytes) {
  static constexpr uint8_t kNothing = 0;
  return bytes.empty() ? &kNothing : bytes.data();
}

}  // namespace baya::crypto
