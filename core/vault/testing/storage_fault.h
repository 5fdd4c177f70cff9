// Every way in which storage may break the batch it was given, step by step: a step is one put or
// one delete, puts before deletes, in the order of the batch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vault/storage.h"
#include "vault/testing/memory_storage.h"

namespace baya::vault::testing {

enum class FaultKind : uint8_t {
  kCut,       // the first `step` steps are applied
  kTorn,      // those, and half of the put that comes next
  kLost,      // all but that step
  kSwapped,   // as kCut, and of the next two steps the second
  kReversed,  // the last `step` steps are applied
  kHalved,    // all, but that put is half as long
  kStub,      // all, but of that put ten bytes are left: not even what its header says
  kCount,
};

enum class Aftermath : uint8_t {
  kDies,       // the process ends; the vault is opened again
  kFails,      // the batch is reported as failed, and work goes on
  kFailsFull,  // reported so because storage is full
};

struct StorageFault {
  FaultKind kind = FaultKind::kCut;
  size_t step = 0;
  Aftermath after = Aftermath::kDies;
};

std::string_view NameOf(FaultKind kind);

// What was applied is a beginning of the batch, in its order.
bool KeepsOrder(FaultKind kind);

// Every fault at every step of a batch, each outcome once.
//
//   steps  puts and deletes together, at least 1
std::vector<StorageFault> FaultsOf(size_t puts, size_t steps);

void ApplyBroken(const StorageBatch& batch, const StorageFault& fault, MemoryStorage& storage);

}  // namespace baya::vault::testing
