// Reproducible numbers for this room's tests. Not for use outside tests.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "base/bytes.h"
#include "vdaf/field_vec.h"

namespace baya::vdaf::testing {

class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}

  uint64_t Word() { return engine_(); }
  uint64_t Below(uint64_t bound) { return engine_() % bound; }

  Bytes RandomBytes(size_t size) {
    Bytes bytes(size);
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(engine_());
    return bytes;
  }

  template <NttField F>
  F Element() {
    for (;;) {
      const Bytes bytes = RandomBytes(F::kEncodedSize);
      F element;
      if (F::Decode(bytes.data(), &element)) return element;
    }
  }

  template <NttField F>
  FieldVec<F> Vector(size_t length) {
    FieldVec<F> vec(length);
    for (F& element : vec) element = Element<F>();
    return vec;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace baya::vdaf::testing
