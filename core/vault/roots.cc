#include "vault/roots.h"

#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "vault/key_slots.h"

namespace baya::vault {
namespace {

// Adds the root, or notes that a second copy holds it too.
void AddRoot(std::vector<OpenedRoot>& roots, OpenedRoot opened) {
  for (OpenedRoot& known : roots) {
    if (known.epoch == opened.epoch && known.vault_id == opened.vault_id &&
        ConstantTimeEqual(known.root.Expose(), opened.root.Expose())) {
      known.slots_twin = known.slots_twin || known.slots_copy != opened.slots_copy;
      return;
    }
  }
  roots.push_back(std::move(opened));
}

void TrySlots(const Slots& slots, size_t copy, std::span<const SecretBytes> secrets,
              std::vector<OpenedRoot>& roots) {
  for (const WrappedSlot& slot : slots.slots) {
    for (size_t i = 0; i < secrets.size(); ++i) {
      Result<SecretBytes> root = UnwrapRoot(slots.vault_id, slot, secrets[i]);
      if (!root.ok()) continue;
      OpenedRoot opened;
      opened.vault_id = slots.vault_id;
      opened.epoch = slot.epoch;
      opened.root = std::move(*root);
      opened.secret_index = i;
      opened.slots_copy = copy;
      AddRoot(roots, std::move(opened));
    }
  }
}

Result<std::vector<OpenedRoot>> OpenSlots(const BlobSet& set,
                                          std::span<const SecretBytes> secrets) {
  if (set.empty()) return kError<StatusCode::kNotFound, "storage holds no vault">;
  std::vector<OpenedRoot> roots;
  bool parsed = false;
  for (size_t copy = 0; copy < 2; ++copy) {
    if (!set.slots[copy]) continue;
    const Result<Slots> slots = ParseSlots(*set.slots[copy]);
    if (!slots.ok()) continue;
    parsed = true;
    TrySlots(*slots, copy, secrets, roots);
  }
  if (!roots.empty()) return roots;
  if (parsed) {
    return kError<StatusCode::kPermissionDenied, "no key slot opens with the secrets given">;
  }
  return kError<StatusCode::kDataLoss, "the key slots of the vault are lost">;
}

// A slots copy of another epoch is no damage: an interrupted rotation leaves one.
Fault SlotsFault(const BlobSet& set, const OpenedRoot& opened, size_t copy) {
  if (!set.slots[copy] || copy == opened.slots_copy || opened.slots_twin) return Fault::kNone;
  const Result<Slots> slots = ParseSlots(*set.slots[copy]);
  if (!slots.ok()) return Fault::kMalformed;
  const bool same_epoch =
      std::any_of(slots->slots.begin(), slots->slots.end(),
                  [&](const WrappedSlot& slot) { return slot.epoch == opened.epoch; });
  return same_epoch ? Fault::kAuthentication : Fault::kNone;
}

// The decoded value of a sealed blob; what is not there is no fault.
template <typename T, typename Decode>
std::optional<T> OpenDecoded(const SecretBytes& key, const BlobContext& context,
                             const std::optional<ByteView>& blob, Decode decode, Fault& fault) {
  if (!blob) return std::nullopt;
  const OpenedBlob opened = OpenBlob(key, context, *blob);
  fault = opened.fault;
  if (fault != Fault::kNone) return std::nullopt;
  Result<T> value = decode(opened.plaintext.content());
  if (!value.ok()) {
    fault = Fault::kMalformed;
    return std::nullopt;
  }
  return std::move(*value);
}

// The newer table, and those keys of the older one that it lacks.
void MergeKeys(std::optional<KeyTable> (&copies)[2], OpenedRoot& opened) {
  if (!copies[0] && !copies[1]) return;
  const bool second_is_newer =
      !copies[0] || (copies[1] && copies[1]->generation > copies[0]->generation);
  opened.keys_copy = second_is_newer ? 1 : 0;
  KeyTable& keys = opened.keys.emplace(std::move(*copies[opened.keys_copy]));
  std::optional<KeyTable>& older = copies[1 - opened.keys_copy];
  opened.keys_twin = older && older->generation == keys.generation;
  if (!older || opened.keys_twin) return;
  opened.older_keys = older->generation;
  for (DataKey& key : older->keys) {
    if (keys.Find(key.id) != nullptr) continue;
    keys.keys.push_back(std::move(key));
    StableSort(keys.keys, [](const DataKey& a, const DataKey& b) { return a.id < b.id; });
    opened.keys_merged = true;
  }
  keys.next_key_id = std::max(keys.next_key_id, older->next_key_id);
}

Status OpenUnder(const BlobSet& set, OpenedRoot& opened) {
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& keys_key, DeriveKeysKey(opened.vault_id, opened.root));
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& head_key, DeriveHeadKey(opened.vault_id, opened.root));
  std::optional<KeyTable> tables[2];
  for (size_t copy = 0; copy < 2; ++copy) {
    opened.slots_fault[copy] = SlotsFault(set, opened, copy);
    tables[copy] = OpenDecoded<KeyTable>(keys_key, {kKeysLabel, opened.vault_id, opened.epoch, 0},
                                         set.keys[copy], DecodeKeyTable, opened.keys_fault[copy]);
    opened.head[copy] = OpenDecoded<Head>(head_key, {kHeadLabel, opened.vault_id, opened.epoch, 0},
                                          set.head[copy], DecodeHead, opened.head_fault[copy]);
  }
  MergeKeys(tables, opened);
  return OkStatus();
}

}  // namespace

Result<std::vector<OpenedRoot>> OpenRoots(const BlobSet& set,
                                          std::span<const SecretBytes> secrets) {
  BAYA_ASSIGN_OR_RETURN(auto&& roots, OpenSlots(set, secrets));
  for (OpenedRoot& opened : roots) BAYA_RETURN_IF_ERROR(OpenUnder(set, opened));
  const bool any_keys = std::any_of(
      roots.begin(), roots.end(), [](const OpenedRoot& opened) { return opened.keys.has_value(); });
  if (!any_keys) return kError<StatusCode::kDataLoss, "the key table of the vault is lost">;
  StableSort(roots, [](const OpenedRoot& a, const OpenedRoot& b) { return a.epoch > b.epoch; });
  return roots;
}

}  // namespace baya::vault
