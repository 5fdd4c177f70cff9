// Where our result and a vector's part ways.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/status.h"
#include "codec/hex.h"

namespace baya::conformance {

struct Disagreement {
  std::string where;  // e.g. "report 0, verify_init of aggregator 1: verifier share"
  std::string expected;
  std::string got;
};

// Nothing: they agree.
using Outcome = std::optional<Disagreement>;

inline std::string Describe(const Status& status) {
  return std::string(StatusCodeName(status.code())) + ": " + std::string(status.message());
}

// The vector cannot be read as one of its type.
inline Disagreement Malformed(const Status& status) {
  return {"reading the vector", "the shape of the draft's test vectors", Describe(status)};
}

inline Outcome CompareBytes(const std::string& where, ByteView expected, ByteView got) {
  if (BytesEqual(expected, got)) return std::nullopt;
  return Disagreement{where, codec::EncodeHex(expected), codec::EncodeHex(got)};
}

}  // namespace baya::conformance
