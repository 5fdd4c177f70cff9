// Bytes whose number the type holds: keys, nonces, signatures.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace baya::crypto {

// A copy of `bytes`, for what arrives with its size known at run time only.
//
// Errors: kInvalidArgument (not exactly N bytes).
template <size_t N>
Result<std::array<uint8_t, N>> FixedBytes(ByteView bytes) {
  if (bytes.size() != N) {
    return kError<StatusCode::kInvalidArgument, "a value of fixed size has another size">;
  }
  std::array<uint8_t, N> copy;
  std::copy(bytes.begin(), bytes.end(), copy.begin());
  return copy;
}

}  // namespace baya::crypto
