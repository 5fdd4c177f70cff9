#include <algorithm>
#include <utility>
#include <vector>

#include "base/secret_bytes.h"
#include "engine/consent_report.h"
#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {
namespace {

// A device holds one slot secret, or two after an interrupted rotation; the index is 16 bits.
constexpr size_t kMaxSecrets = 16;

Recovery RecoveryOf(const vault::RecoveryReport& report, uint32_t skipped) {
  Recovery recovery;
  recovery.generation = report.generation;
  recovery.secret_index = static_cast<uint16_t>(report.secret_index);
  recovery.records = report.records;
  recovery.lost_records = report.lost_records;
  recovery.damaged_blobs = static_cast<uint32_t>(report.damage.size());
  recovery.torn_bytes = report.torn_bytes;
  recovery.skipped_records = skipped;
  recovery.head_lost = report.head_lost;
  recovery.rolled_back = report.rolled_back || report.keys_rolled_back;
  return recovery;
}

}  // namespace

Result<Bytes> CreateVault(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const CreateVaultRequest& decoded, DecodeCreateVaultRequest(request));
  BAYA_RETURN_IF_ERROR(device.CreateVault(SecretBytes::CopyOf(decoded.secret)));
  return EncodeCreateVaultReply({.store = device.State()});
}

Result<Bytes> OpenVault(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const OpenVaultRequest& decoded, DecodeOpenVaultRequest(request));
  if (decoded.secrets.size() > kMaxSecrets) {
    return kError<StatusCode::kResourceExhausted, "there are too many slot secrets">;
  }
  std::vector<vault::Blob> blobs;
  for (const Blob& blob : decoded.blobs) {
    blobs.push_back({std::string(blob.name), ToBytes(blob.bytes)});
  }
  std::vector<SecretBytes> secrets;
  for (const ByteView secret : decoded.secrets) secrets.push_back(SecretBytes::CopyOf(secret));
  OpenVaultReply reply;
  BAYA_ASSIGN_OR_RETURN(
      reply.found,
      device.OpenVault(blobs, secrets, decoded.newest_generation_seen, AsBytes(decoded.record)));
  if (const vault::Vault* vault = device.store().vault()) {
    reply.recovery = RecoveryOf(vault->report(), device.skipped_records());
  }
  const ConsentReport report(device.desk());
  const OwnedEffects effects = device.TakeEffects();
  reply.pack_outdated = device.pack_outdated();
  reply.consent = report.View();
  reply.effects = effects.View();
  reply.store = device.State();
  return EncodeOpenVaultReply(reply);
}

Result<Bytes> OfferSlotSecret(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const OfferSlotSecretRequest& decoded,
                        DecodeOfferSlotSecretRequest(request));
  vault::Vault* vault = device.store().vault();
  if (vault == nullptr) return kError<StatusCode::kFailedPrecondition, "no vault is open">;
  BAYA_RETURN_IF_ERROR(vault->OfferSlotSecret(SecretBytes::CopyOf(decoded.secret)));
  return EncodeOfferSlotSecretReply({.epoch = vault->epoch() + 1, .store = device.State()});
}

}  // namespace baya::engine
