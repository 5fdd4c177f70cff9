#include "vault/key_slots.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "codec/tls.h"
#include "crypto/hkdf_sha256.h"
#include "crypto/xchacha20poly1305.h"
#include "vault/sealed_blob.h"

namespace baya::vault {
namespace {

namespace aead = crypto::xchacha20poly1305;

constexpr std::string_view kSlotLabel = "baya vault 1 slot";
constexpr size_t kWrappedBytes = kKeyBytes + aead::kTagBytes;

Result<SecretBytes> DeriveKey(const VaultId& vault_id, const SecretBytes& secret,
                              std::string_view label) {
  if (secret.size() != kKeyBytes) {
    return kError<StatusCode::kInvalidArgument, "a vault secret has 32 bytes">;
  }
  return crypto::hkdf_sha256::Derive(vault_id, secret, AsBytes(label), kKeyBytes);
}

Result<Bytes> SlotAssociatedData(const VaultId& vault_id, uint8_t type, uint32_t epoch,
                                 ByteView parameters) {
  codec::Writer writer;
  writer.Opaque8(AsBytes(kSlotLabel));
  writer.U8(kFormatVersion);
  writer.Raw(vault_id);
  writer.U8(type);
  writer.U32(epoch);
  writer.Opaque8(parameters);
  return std::move(writer).Finish();
}

Result<WrappedSlot> ReadSlot(codec::Reader& reader) {
  WrappedSlot slot;
  BAYA_ASSIGN_OR_RETURN(slot.type, reader.U8());
  BAYA_ASSIGN_OR_RETURN(slot.epoch, reader.U32());
  BAYA_ASSIGN_OR_RETURN(const ByteView parameters, reader.Opaque8());
  BAYA_ASSIGN_OR_RETURN(const ByteView nonce, reader.Raw(aead::kNonceBytes));
  BAYA_ASSIGN_OR_RETURN(const ByteView wrapped, reader.Raw(kWrappedBytes));
  slot.parameters = ToBytes(parameters);
  slot.nonce = ToBytes(nonce);
  slot.wrapped = ToBytes(wrapped);
  return slot;
}

Result<Slots> ReadSlots(ByteView blob) {
  codec::Reader reader(blob);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kFormatVersion) {
    return kError<StatusCode::kDataLoss, "the key slots have an unknown version">;
  }
  Slots slots;
  BAYA_ASSIGN_OR_RETURN(const ByteView vault_id, reader.Raw(kVaultIdBytes));
  std::copy(vault_id.begin(), vault_id.end(), slots.vault_id.begin());
  BAYA_ASSIGN_OR_RETURN(codec::Reader list, reader.Vector16());
  while (list.remaining() > 0) {
    BAYA_ASSIGN_OR_RETURN(auto&& slot, ReadSlot(list));
    slots.slots.push_back(std::move(slot));
  }
  BAYA_RETURN_IF_ERROR(reader.Finish());
  return slots;
}

}  // namespace

Result<Bytes> WrapRoot(Host& host, const VaultId& vault_id, uint32_t epoch, const SecretBytes& root,
                       const SecretBytes& slot_secret) {
  constexpr auto kType = static_cast<uint8_t>(SlotType::kDevice);
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& key, DeriveKey(vault_id, slot_secret, kSlotLabel));
  BAYA_ASSIGN_OR_RETURN(const Bytes& associated_data,
                        SlotAssociatedData(vault_id, kType, epoch, {}));
  aead::Nonce nonce;
  host.FillRandom(nonce);
  BAYA_ASSIGN_OR_RETURN(const Bytes& wrapped,
                        aead::Seal(key, nonce, associated_data, root.Expose()));
  codec::Writer writer;
  writer.U8(kFormatVersion);
  writer.Raw(vault_id);
  writer.Vector16([&](codec::Writer& slot) {
    slot.U8(kType);
    slot.U32(epoch);
    slot.Opaque8({});
    slot.Raw(nonce);
    slot.Raw(wrapped);
  });
  return std::move(writer).Finish();
}

Result<Slots> ParseSlots(ByteView blob) {
  Result<Slots> slots = ReadSlots(blob);
  if (!slots.ok()) return kError<StatusCode::kDataLoss, "the key slots are damaged">;
  return slots;
}

Result<SecretBytes> UnwrapRoot(const VaultId& vault_id, const WrappedSlot& slot,
                               const SecretBytes& slot_secret) {
  if (slot.type != static_cast<uint8_t>(SlotType::kDevice)) {
    return kError<StatusCode::kUnimplemented, "a key slot of a type that this version skips">;
  }
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& key, DeriveKey(vault_id, slot_secret, kSlotLabel));
  BAYA_ASSIGN_OR_RETURN(const Bytes& associated_data,
                        SlotAssociatedData(vault_id, slot.type, slot.epoch, slot.parameters));
  Result<SecretBytes> root = aead::Open(key, aead::NonceView(slot.nonce.data(), aead::kNonceBytes),
                                        associated_data, slot.wrapped);
  if (!root.ok() || root->size() != kKeyBytes) {
    return kError<StatusCode::kPermissionDenied, "the secret does not open the key slot">;
  }
  return root;
}

Result<SecretBytes> DeriveKeysKey(const VaultId& vault_id, const SecretBytes& root) {
  return DeriveKey(vault_id, root, kKeysLabel);
}

Result<SecretBytes> DeriveHeadKey(const VaultId& vault_id, const SecretBytes& root) {
  return DeriveKey(vault_id, root, kHeadLabel);
}

}  // namespace baya::vault
