#include "engine/testing/device_host.h"

#include <gmock/gmock.h>

#include <iterator>

#include "base/testing/status_matchers.h"

namespace baya::engine::testing {
namespace {

vault::StorageBatch BatchOf(const FlushReply& reply) {
  vault::StorageBatch batch;
  batch.id = reply.id;
  for (const Expectation& expectation : reply.expects) {
    vault::Expectation expects{std::string(expectation.name), {}};
    for (const ByteView prefix : expectation.prefixes) expects.any_of.emplace_back(ToBytes(prefix));
    if (expectation.may_be_absent) expects.any_of.emplace_back(std::nullopt);
    batch.expects.push_back(std::move(expects));
  }
  for (const Blob& blob : reply.puts) {
    batch.puts.push_back({std::string(blob.name), ToBytes(blob.bytes)});
  }
  for (const std::string_view name : reply.deletes) batch.deletes.emplace_back(name);
  return batch;
}

}  // namespace

Bytes DeviceHost::FreshSecret() {
  Bytes secret(32);
  host_.FillRandom(secret);
  return secret;
}

void DeviceHost::DeleteAll() {
  disk_.blobs.map().clear();
  disk_.secrets.clear();
}

Status DeviceHost::Begin(ByteView pack, ByteView signer) {
  BAYA_RETURN_IF_ERROR(SetPack({.site = "", .signer = signer, .pack = pack}).status());
  BAYA_ASSIGN_OR_RETURN(const auto started, Start({.record = disk_.record}));
  BAYA_RETURN_IF_ERROR(CarryOut(started->effects));
  BAYA_ASSIGN_OR_RETURN(const auto heard, Signals());
  return CarryOut(heard->effects);
}

Result<Reply<OpenVaultReply>> DeviceHost::Reopen() {
  OpenVaultRequest request;
  const std::vector<vault::Blob> blobs = disk_.blobs.Blobs();
  for (const vault::Blob& blob : blobs) request.blobs.push_back({blob.name, blob.bytes});
  for (const auto& [epoch, secret] : disk_.secrets) request.secrets.emplace_back(secret);
  request.record = disk_.record;
  BAYA_ASSIGN_OR_RETURN(auto opened, OpenVault(request));
  if (!opened->found) return opened;
  const auto right = std::next(disk_.secrets.begin(), opened->recovery.secret_index);
  disk_.secrets = {*right};
  return opened;
}

Status DeviceHost::CarryOut(const Effects& effects) {
  const std::string write(effects.write_record);
  const bool remove = effects.delete_record;
  const uint8_t vault = effects.vault;
  if (vault == 3) {
    BAYA_RETURN_IF_ERROR(FlushAll());
    DeleteAll();
  }
  if (!write.empty()) disk_.record = write;
  if (remove) disk_.record.clear();
  if (vault == 1) {
    BAYA_ASSIGN_OR_RETURN(const auto opened, Reopen());
    return CarryOut(opened->effects);
  }
  if (vault == 2) {
    DeleteAll();
    disk_.secrets[1] = FreshSecret();
    BAYA_RETURN_IF_ERROR(CreateVault({.secret = disk_.secrets[1]}).status());
    return FlushAll();
  }
  return OkStatus();
}

Status DeviceHost::OfferSecret() {
  const Bytes secret = FreshSecret();
  BAYA_ASSIGN_OR_RETURN(const auto offered, OfferSlotSecret({.secret = secret}));
  disk_.secrets[offered->epoch] = secret;
  return OkStatus();
}

Status DeviceHost::Apply(const FlushReply& batch) {
  if (++batches_ == crash_at_) return kError<StatusCode::kUnavailable, "the page has gone">;
  const Status applied = disk_.blobs.Apply(BatchOf(batch));
  if (!applied.ok()) {
    BAYA_RETURN_IF_ERROR(
        Fail({.id = batch.id, .code = static_cast<uint8_t>(applied.code())}).status());
    return applied;
  }
  if (batch.rotates) {
    std::erase_if(disk_.secrets, [&](const auto& entry) { return entry.first != batch.epoch; });
  }
  BAYA_ASSIGN_OR_RETURN(const auto confirmed, Confirm({.id = batch.id}));
  vault_gone_ = confirmed->vault_gone;
  return OkStatus();
}

Status DeviceHost::FlushAll() {
  while (true) {
    BAYA_ASSIGN_OR_RETURN(const auto batch, Flush());
    if (batch->store.wants_slot_secret && !batch->has_batch) {
      BAYA_RETURN_IF_ERROR(OfferSecret());
      continue;
    }
    if (!batch->has_batch) return OkStatus();
    BAYA_RETURN_IF_ERROR(Apply(*batch));
  }
}

std::string ProfileText(DeviceHost& page) {
  const auto reply = page.Inventory();
  EXPECT_THAT(reply, ::baya::testing::IsOk());
  if (!reply.ok()) return "the inventory is refused";
  std::string text;
  for (const HeldField& field : (*reply)->fields) {
    text.append(field.name).append(" ").append(field.text);
    for (const int64_t number :
         {int64_t{field.card}, int64_t{field.form}, field.number, int64_t{field.origin},
          int64_t{field.contradicted}, int64_t{field.source}, int64_t{field.purposes},
          static_cast<int64_t>(field.since_ms), static_cast<int64_t>(field.updated_ms),
          static_cast<int64_t>(field.last_used_ms), static_cast<int64_t>(field.expires_ms)}) {
      text += " " + std::to_string(number);
    }
    text += "\n";
  }
  return text;
}

}  // namespace baya::engine::testing
