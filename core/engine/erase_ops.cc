#include <string>
#include <utility>

#include "consent/purpose.h"
#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {
namespace {

using consent::Operation;
using consent::Purpose;

enum Scope : uint8_t { kAll = 1, kOfPurpose = 2, kItem = 3, kIdentity = 4, kSpan = 5 };

Result<consent::Use> LeaveToErase(Device& device) {
  BAYA_RETURN_IF_ERROR(device.RequireWritable());
  return device.desk().Check(Purpose::kStore, Operation::kErase, consent::kPerson);
}

uint32_t EventCount(Device& device) {
  return static_cast<uint32_t>(device.profile().event_count());
}

// Also what no consent covers and what could not be opened. The refusal keeps a consent platform's
// standing grant from starting anew.
Result<uint32_t> EraseAll(Device& device) {
  BAYA_RETURN_IF_ERROR(device.RequireStarted());
  const uint32_t removed = EventCount(device);
  device.EraseEverything();
  BAYA_ASSIGN_OR_RETURN(const consent::Change& change, device.desk().RefuseAll());
  BAYA_RETURN_IF_ERROR(device.CarryOut(change));
  BAYA_RETURN_IF_ERROR(device.ResetProfile());
  return removed;
}

Result<uint32_t> ErasePurpose(Device& device, std::string_view name) {
  BAYA_ASSIGN_OR_RETURN(const Purpose purpose, consent::ParsePurpose(name));
  BAYA_RETURN_IF_ERROR(LeaveToErase(device).status());
  Store& store = device.store();
  if (store.Keeps()) BAYA_RETURN_IF_ERROR(store.DestroyPurpose(consent::PurposeName(purpose)));
  if (purpose == Purpose::kMeasure) BAYA_RETURN_IF_ERROR(device.measure().DropWaiting());
  // What is derived for another purpose is not stored: that it ends is what erases it.
  if (purpose != Purpose::kStore) {
    const consent::BannerChoice no{purpose, false, {}};
    BAYA_ASSIGN_OR_RETURN(const consent::Change& change, device.desk().Choose({&no, 1}));
    BAYA_RETURN_IF_ERROR(device.CarryOut(change));
    return 0u;
  }
  const uint32_t removed = EventCount(device);
  BAYA_RETURN_IF_ERROR(device.ReloadProfile());
  if (!store.Keeps()) return removed;
  // What waits to be sent was taken from what goes.
  BAYA_RETURN_IF_ERROR(store.DestroyPurpose(kMeasurePurpose));
  // The consent goes on, and with it what proves it, what counts uses and what reports have cost.
  BAYA_RETURN_IF_ERROR(device.measure().ForgetLog());
  BAYA_RETURN_IF_ERROR(device.WriteSettings());
  BAYA_RETURN_IF_ERROR(device.WriteWhatIsDue(/*now=*/true));
  return removed;
}

Result<uint32_t> EraseItem(Device& device, std::string_view item) {
  BAYA_ASSIGN_OR_RETURN(auto&& use, LeaveToErase(device));
  BAYA_ASSIGN_OR_RETURN(const profile::Erased& erased,
                        device.profile().EraseItem(std::move(use), item));
  BAYA_RETURN_IF_ERROR(device.KeepHeld(kNoOthers));
  return static_cast<uint32_t>(erased.removed.size() + erased.rewritten.size());
}

Result<uint32_t> EraseIdentity(Device& device) {
  BAYA_ASSIGN_OR_RETURN(auto&& use, LeaveToErase(device));
  BAYA_ASSIGN_OR_RETURN(const profile::Erased& erased,
                        device.profile().EraseIdentity(std::move(use)));
  BAYA_RETURN_IF_ERROR(device.KeepHeld(kNoOthers));
  return static_cast<uint32_t>(erased.removed.size());
}

Result<uint32_t> EraseSpan(Device& device, int64_t from_ms, int64_t to_ms) {
  if (from_ms >= to_ms) return kError<StatusCode::kInvalidArgument, "the span is empty">;
  BAYA_ASSIGN_OR_RETURN(auto&& use, LeaveToErase(device));
  BAYA_ASSIGN_OR_RETURN(const profile::Erased& erased,
                        device.profile().EraseSpan(std::move(use), from_ms, to_ms));
  BAYA_RETURN_IF_ERROR(device.KeepHeld(kNoOthers));
  return static_cast<uint32_t>(erased.removed.size());
}

Result<uint32_t> EraseScope(Device& device, const EraseRequest& request) {
  const std::string_view name = request.name;
  if ((request.scope == kOfPurpose || request.scope == kItem) == name.empty()) {
    return kError<StatusCode::kInvalidArgument, "a name goes with 2 and 3 alone">;
  }
  if (request.scope != kSpan && (request.from_ms != 0 || request.to_ms != 0)) {
    return kError<StatusCode::kInvalidArgument, "a span goes with 5 alone">;
  }
  switch (request.scope) {
    case kAll:
      return EraseAll(device);
    case kOfPurpose:
      return ErasePurpose(device, name);
    case kItem:
      return EraseItem(device, name);
    case kIdentity:
      return EraseIdentity(device);
    case kSpan:
      return EraseSpan(device, static_cast<int64_t>(request.from_ms),
                       static_cast<int64_t>(request.to_ms));
    default:
      return kError<StatusCode::kInvalidArgument, "what to erase is a number from 1 to 5">;
  }
}

}  // namespace

Result<Bytes> Erase(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const EraseRequest& decoded, DecodeEraseRequest(request));
  EraseReply reply;
  BAYA_ASSIGN_OR_RETURN(reply.removed, EraseScope(device, decoded));
  const OwnedEffects effects = device.TakeEffects();
  reply.effects = effects.View();
  reply.store = device.State();
  return EncodeEraseReply(reply);
}

}  // namespace baya::engine
