// Decoders under arbitrary bytes, one target for each.
#pragma once

#include <cstdlib>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace baya::fuzz {

// Whether the decoder took the input. Ends the program when what was taken is not what it should
// be, such as another text when it is encoded again.
using Fuzz = bool (*)(ByteView input);

struct Target {
  const char* name;
  Fuzz fuzz;
  // Valid inputs, the same at each call.
  std::vector<Bytes> (*seeds)();
};

std::vector<Target> VaultTargets();
std::vector<Target> ConsentTargets();
std::vector<Target> ProfileTargets();
std::vector<Target> PackTargets();
std::vector<Target> MeasureTargets();
std::vector<Target> DapTargets();
std::vector<Target> EngineTargets();
std::vector<Target> TextTargets();
std::vector<Target> DeviceTargets();

std::vector<Target> AllTargets();

inline void Check(bool holds) {
  if (!holds) std::abort();
}

// For a decoder of which each value has one encoding.
template <typename T, typename Encode>
bool IsEncodedAgain(const Result<T>& decoded, Encode encode, ByteView input) {
  if (!decoded.ok()) return false;
  const Result<Bytes> again = encode(*decoded);
  Check(again.ok() && BytesEqual(*again, input));
  return true;
}

}  // namespace baya::fuzz
