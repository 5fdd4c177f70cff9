// Vectors over a field: storage that is wiped, and the encodings of
// draft-irtf-cfrg-vdaf-20 §6.1.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "vdaf/field.h"

namespace baya::vdaf {

// Wipes what it gives back: a vector with it leaves no element behind, not even when it grows.
template <typename T>
struct WipingAllocator {
  using value_type = T;
  WipingAllocator() = default;
  template <typename U>
  WipingAllocator(const WipingAllocator<U>&) {}
  T* allocate(size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* elements, size_t count) {
    Wipe({reinterpret_cast<uint8_t*>(elements), count * sizeof(T)});
    std::allocator<T>().deallocate(elements, count);
  }
  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
};

template <NttField F>
using FieldVec = std::vector<F, WipingAllocator<F>>;

// encode_vec. `out` holds vec.size() * kEncodedSize bytes.
template <NttField F>
void EncodeVec(std::span<const F> vec, MutableByteView out) {
  for (size_t i = 0; i < vec.size(); ++i) vec[i].Encode(out.data() + i * F::kEncodedSize);
}

// decode_vec, of exactly vec.size() elements. kInvalidArgument for another length or an element
// that is not below the modulus; looks at every element in any case.
template <NttField F>
Status DecodeVec(ByteView encoded, std::span<F> vec) {
  if (encoded.size() / F::kEncodedSize != vec.size() || encoded.size() % F::kEncodedSize != 0) {
    return kError<StatusCode::kInvalidArgument, "a vector of field elements has the wrong length">;
  }
  bool below_modulus = true;
  for (size_t i = 0; i < vec.size(); ++i) {
    below_modulus &= F::Decode(encoded.data() + i * F::kEncodedSize, &vec[i]);
  }
  if (!below_modulus) {
    return kError<StatusCode::kInvalidArgument, "a field element is not below the modulus">;
  }
  return OkStatus();
}

// vec_add and vec_sub into the left operand, of the same length.
template <NttField F>
void AddInto(std::span<F> left, std::span<const F> right) {
  for (size_t i = 0; i < left.size(); ++i) left[i] = left[i] + right[i];
}
template <NttField F>
void SubtractFrom(std::span<F> left, std::span<const F> right) {
  for (size_t i = 0; i < left.size(); ++i) left[i] = left[i] - right[i];
}

}  // namespace baya::vdaf
