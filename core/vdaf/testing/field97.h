// A field whose elements are mostly refused by its decoder. For tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "vdaf/field.h"

namespace baya::vdaf::testing {

// Integers modulo 97 in a byte: five of eight candidates are passed over. Only what NextVec uses
// means anything.
class Field97 {
 public:
  static constexpr size_t kEncodedSize = 1;
  static constexpr unsigned kLogGenOrder = 5;
  static Field97 One() { return {}; }
  static Field97 FromUint(uint64_t) { return {}; }
  static Field97 FromBit(uint64_t) { return {}; }
  static Field97 NthRoot(unsigned) { return {}; }
  Field97 Inv() const { return {}; }
  friend Field97 operator+(Field97 a, Field97) { return a; }
  friend Field97 operator-(Field97 a, Field97) { return a; }
  friend Field97 operator*(Field97 a, Field97) { return a; }
  friend Field97 operator-(Field97 a) { return a; }
  friend bool operator==(Field97 a, Field97 b) { return a.value_ == b.value_; }
  void Encode(uint8_t* out) const { *out = value_; }
  static bool Decode(const uint8_t* in, Field97* element) {
    element->value_ = *in;
    return *in < 97;
  }
  std::optional<uint64_t> ToUint64() const { return value_; }
  std::optional<int64_t> ToInt64() const { return value_; }

 private:
  uint8_t value_ = 0;
};

static_assert(NttField<Field97>);

}  // namespace baya::vdaf::testing
