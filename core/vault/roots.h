// The roots that the secrets at hand open, and the key tables and heads that open under each
// (core/docs/formats/vault.md §9, step 1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/secret_bytes.h"
#include "vault/blob_set.h"
#include "vault/head.h"
#include "vault/key_table.h"
#include "vault/limits.h"
#include "vault/sealed_blob.h"

namespace baya::vault {

struct OpenedRoot {
  VaultId vault_id{};
  uint32_t epoch = 0;
  SecretBytes root;
  size_t secret_index = 0;
  size_t slots_copy = 0;    // holds the slot that opened
  bool slots_twin = false;  // and so does the other copy

  std::optional<KeyTable> keys;  // nothing when neither copy opens
  size_t keys_copy = 0;          // the newer one
  bool keys_twin = false;        // both copies are the same
  bool keys_merged = false;      // `keys` also has some of the older copy
  uint64_t older_keys = 0;       // generation of the other copy; 0 when it does not open

  std::optional<Head> head[2];

  Fault slots_fault[2] = {Fault::kNone, Fault::kNone};
  Fault keys_fault[2] = {Fault::kNone, Fault::kNone};
  Fault head_fault[2] = {Fault::kNone, Fault::kNone};
};

// The highest epoch first; at least one, of which at least one has keys.
//
// Errors: kNotFound (no blob is a vault's), kPermissionDenied (no slot opens with a secret
// offered), kDataLoss (no slots or no key table is left).
Result<std::vector<OpenedRoot>> OpenRoots(const BlobSet& set, std::span<const SecretBytes> secrets);

}  // namespace baya::vault
