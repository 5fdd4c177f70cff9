// Small integers that stand for objects on the other side of a boundary.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace baya::wasm {

// At most `kCapacity` objects at a time. A handle is a slot number in its low 8 bits and that
// slot's generation above, so that a handle given back or forged finds nothing; a generation comes
// again after 2^kGenerationBits - 1 others in the same slot. 0 is never a handle.
template <typename T, size_t kCapacity, int kGenerationBits = 24>
class HandleTable {
  static_assert(kCapacity >= 1 && kCapacity <= 256);
  static_assert(kGenerationBits >= 1 && kGenerationBits <= 24);

 public:
  // 0 when the table is full; `object` is destroyed then.
  uint32_t Add(std::unique_ptr<T> object) {
    for (size_t i = 0; i < kCapacity; ++i) {
      Slot& slot = slots_[i];
      if (slot.object != nullptr) continue;
      slot.generation = slot.generation == kLastGeneration ? 1 : slot.generation + 1;
      slot.object = std::move(object);
      return slot.generation << 8 | static_cast<uint32_t>(i);
    }
    return 0;
  }

  // Null when there is no such object. Borrowed; valid until it is taken.
  T* Find(uint32_t handle) const {
    const size_t i = handle & 0xFF;
    if (handle == 0 || i >= kCapacity || slots_[i].generation != handle >> 8) return nullptr;
    return slots_[i].object.get();
  }

  // Null when there is no such object; the handle is dead from then on.
  std::unique_ptr<T> Take(uint32_t handle) {
    if (Find(handle) == nullptr) return nullptr;
    return std::move(slots_[handle & 0xFF].object);
  }

  size_t size() const {
    size_t count = 0;
    for (const Slot& slot : slots_) count += slot.object != nullptr ? 1 : 0;
    return count;
  }

 private:
  static constexpr uint32_t kLastGeneration = (1u << kGenerationBits) - 1;

  struct Slot {
    uint32_t generation = 0;
    std::unique_ptr<T> object;
  };

  std::array<Slot, kCapacity> slots_;
};

}  // namespace baya::wasm
