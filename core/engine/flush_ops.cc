#include <optional>
#include <utility>

#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {
namespace {

Expectation ExpectationOf(const vault::Expectation& expectation) {
  Expectation result;
  result.name = expectation.name;
  for (const std::optional<Bytes>& prefix : expectation.any_of) {
    if (prefix) {
      result.prefixes.emplace_back(*prefix);
    } else {
      result.may_be_absent = true;
    }
  }
  return result;
}

Result<StatusCode> FailureOf(uint8_t code) {
  switch (static_cast<StatusCode>(code)) {
    case StatusCode::kResourceExhausted:
    case StatusCode::kAborted:
    case StatusCode::kUnavailable:
      return static_cast<StatusCode>(code);
    default:
      return kError<StatusCode::kInvalidArgument, "a batch fails with status 8, 10 or 14">;
  }
}

}  // namespace

Result<Bytes> Flush(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeFlushRequest(request).status());
  FlushReply reply;
  std::optional<vault::StorageBatch> batch;
  if (vault::Vault* vault = device.store().vault()) {
    // What does not fit beside all that waits already is due again at the next flush.
    const Status due = device.WriteWhatIsDue(/*now=*/false);
    if (!due.ok() && due.code() != StatusCode::kResourceExhausted) return due;
    BAYA_ASSIGN_OR_RETURN(batch, vault->Flush());
  }
  if (batch) {
    reply.has_batch = true;
    reply.id = batch->id;
    for (const vault::Expectation& expectation : batch->expects) {
      reply.expects.push_back(ExpectationOf(expectation));
    }
    for (const vault::Blob& blob : batch->puts) reply.puts.push_back({blob.name, blob.bytes});
    reply.deletes.assign(batch->deletes.begin(), batch->deletes.end());
    reply.epoch = batch->epoch;
    reply.rotates = batch->rotates;
  }
  reply.store = device.State();
  return EncodeFlushReply(reply);
}

Result<Bytes> Confirm(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const ConfirmRequest& decoded, DecodeConfirmRequest(request));
  ConfirmReply reply;
  BAYA_ASSIGN_OR_RETURN(reply.vault_gone, device.Confirm(decoded.id));
  const OwnedEffects effects = device.TakeEffects();
  reply.effects = effects.View();
  reply.store = device.State();
  return EncodeConfirmReply(reply);
}

Result<Bytes> Fail(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const FailRequest& decoded, DecodeFailRequest(request));
  BAYA_ASSIGN_OR_RETURN(const StatusCode code, FailureOf(decoded.code));
  vault::Vault* vault = device.store().vault();
  if (vault == nullptr) {
    return kError<StatusCode::kInvalidArgument, "no batch with this id is in flight">;
  }
  BAYA_RETURN_IF_ERROR(vault->Fail(decoded.id, code));
  return EncodeFailReply({.store = device.State()});
}

Result<Bytes> Tick(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeTickRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireWritable());
  TickReply reply;
  BAYA_ASSIGN_OR_RETURN(reply.expired, device.Expire(/*at_start=*/false));
  BAYA_RETURN_IF_ERROR(device.WriteWhatIsDue(/*now=*/true));
  reply.store = device.State();
  return EncodeTickReply(reply);
}

}  // namespace baya::engine
