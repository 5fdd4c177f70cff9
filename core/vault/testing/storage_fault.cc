#include "vault/testing/storage_fault.h"

namespace baya::vault::testing {
namespace {

constexpr size_t kStubBytes = 10;

bool IsApplied(const StorageFault& fault, size_t step, size_t steps) {
  switch (fault.kind) {
    case FaultKind::kCut:
      return step < fault.step;
    case FaultKind::kTorn:
      return step <= fault.step;
    case FaultKind::kLost:
      return step != fault.step;
    case FaultKind::kSwapped:
      return step < fault.step || step == fault.step + 1;
    case FaultKind::kReversed:
      return steps - step <= fault.step;
    default:
      return true;
  }
}

// Steps [0, end) of one kind, each with a crash and with a reported failure.
void AddAll(FaultKind kind, size_t first, size_t end, std::vector<StorageFault>& faults) {
  for (size_t step = first; step < end; ++step) {
    faults.push_back({kind, step, Aftermath::kDies});
    faults.push_back({kind, step, Aftermath::kFails});
  }
}

}  // namespace

std::string_view NameOf(FaultKind kind) {
  constexpr std::string_view kNames[] = {"cut",      "torn",   "lost", "swapped",
                                         "reversed", "halved", "stub"};
  return kNames[static_cast<size_t>(kind)];
}

bool KeepsOrder(FaultKind kind) { return kind == FaultKind::kCut || kind == FaultKind::kTorn; }

std::vector<StorageFault> FaultsOf(size_t puts, size_t steps) {
  std::vector<StorageFault> faults = {{FaultKind::kCut, 0, Aftermath::kFailsFull}};
  AddAll(FaultKind::kCut, 0, steps + 1, faults);
  AddAll(FaultKind::kTorn, 0, puts, faults);
  // The others leave out what is a cut, or one of each other.
  AddAll(FaultKind::kLost, 0, steps - 1, faults);
  if (steps > 2) AddAll(FaultKind::kSwapped, 0, steps - 2, faults);
  if (steps > 2) AddAll(FaultKind::kReversed, 1, steps - 1, faults);
  AddAll(FaultKind::kHalved, 0, puts, faults);
  AddAll(FaultKind::kStub, 0, puts, faults);
  return faults;
}

void ApplyBroken(const StorageBatch& batch, const StorageFault& fault, MemoryStorage& storage) {
  const size_t steps = batch.puts.size() + batch.deletes.size();
  StorageBatch broken = batch;
  if (fault.kind == FaultKind::kTorn || fault.kind == FaultKind::kHalved) {
    Bytes& bytes = broken.puts[fault.step].bytes;
    bytes.resize(bytes.size() / 2);
  } else if (fault.kind == FaultKind::kStub) {
    broken.puts[fault.step].bytes.resize(kStubBytes);
  }
  storage.ApplySome(broken, [&](size_t step) { return IsApplied(fault, step, steps); });
}

}  // namespace baya::vault::testing
