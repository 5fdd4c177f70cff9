// The slots: the root key, wrapped once by each secret that may open the vault
// (core/docs/formats/vault.md §5).
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "vault/limits.h"

namespace baya::vault {

enum class SlotType : uint8_t { kDevice = 1 };

struct WrappedSlot {
  uint8_t type = 0;
  uint32_t epoch = 0;
  Bytes parameters;
  Bytes nonce;    // 24 bytes
  Bytes wrapped;  // 48 bytes
};

struct Slots {
  VaultId vault_id{};
  std::vector<WrappedSlot> slots;
};

// A slots blob with the device slot alone.
//
//   root         kKeyBytes
//   slot_secret  kKeyBytes
//
// Errors: kInvalidArgument (a secret of another size).
Result<Bytes> WrapRoot(Host& host, const VaultId& vault_id, uint32_t epoch, const SecretBytes& root,
                       const SecretBytes& slot_secret);

// The structure alone; says nothing about who can open it.
//
// Errors: kDataLoss (not a slots blob of this version).
Result<Slots> ParseSlots(ByteView blob);

// The root key, kKeyBytes.
//
// Errors: kPermissionDenied (this secret does not open this slot, or the slot is damaged),
// kUnimplemented (a slot of another type).
Result<SecretBytes> UnwrapRoot(const VaultId& vault_id, const WrappedSlot& slot,
                               const SecretBytes& slot_secret);

// The keys below the root.
//
// Errors: kInvalidArgument (a root of another size).
Result<SecretBytes> DeriveKeysKey(const VaultId& vault_id, const SecretBytes& root);
Result<SecretBytes> DeriveHeadKey(const VaultId& vault_id, const SecretBytes& root);

}  // namespace baya::vault
