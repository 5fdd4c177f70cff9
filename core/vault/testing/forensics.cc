#include "vault/testing/forensics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "vault/chunk.h"
#include "vault/key_slots.h"
#include "vault/sealed_blob.h"

namespace baya::vault::testing {

Forensics::Forensics(std::span<const Blob> blobs, std::span<const SecretBytes> secrets) {
  for (const SecretBytes& secret : secrets) {
    for (const Blob& blob : blobs) TrySlots(blob, secret);
  }
  for (const Root& root : roots_) {
    for (const Blob& blob : blobs) TryKeys(blob, root);
  }
  for (const Blob& blob : blobs) TryChunk(blob);
}

void Forensics::TrySlots(const Blob& blob, const SecretBytes& secret) {
  const Result<Slots> slots = ParseSlots(blob.bytes);
  if (!slots.ok()) return;
  for (const WrappedSlot& slot : slots->slots) {
    Result<SecretBytes> root = UnwrapRoot(slots->vault_id, slot, secret);
    if (!root.ok()) continue;
    const bool known = std::any_of(roots_.begin(), roots_.end(), [&](const Root& other) {
      return other.epoch == slot.epoch && other.vault_id == slots->vault_id &&
             ConstantTimeEqual(other.key.Expose(), root->Expose());
    });
    if (!known) roots_.push_back({slots->vault_id, slot.epoch, std::move(*root)});
  }
}

void Forensics::TryKeys(const Blob& blob, const Root& root) {
  const Result<SecretBytes> key = DeriveKeysKey(root.vault_id, root.key);
  ASSERT_TRUE(key.ok());
  const OpenedBlob opened = OpenBlob(*key, {kKeysLabel, root.vault_id, root.epoch, 0}, blob.bytes);
  if (opened.fault != Fault::kNone) return;
  Result<KeyTable> table = DecodeKeyTable(opened.plaintext.content());
  ASSERT_TRUE(table.ok());
  vault_id_ = root.vault_id;
  for (DataKey& data_key : table->keys) AddKey(std::move(data_key));
}

void Forensics::AddKey(DataKey key) {
  const bool known = std::any_of(keys_.begin(), keys_.end(), [&](const DataKey& other) {
    return other.id == key.id && ConstantTimeEqual(other.key.Expose(), key.key.Expose());
  });
  if (!known) keys_.push_back(std::move(key));
}

void Forensics::TryChunk(const Blob& blob) {
  const std::optional<uint64_t> id = ParseChunkName(blob.name);
  if (!id) return;
  for (const DataKey& key : keys_) {
    const OpenedChunk opened = OpenChunk(key.key, key.id, vault_id_, *id, blob.bytes);
    if (opened.fault != Fault::kNone) continue;
    if (opened.chunk->listed.type == ChunkType::kSnapshot) {
      texts_.insert(std::string(AsText(opened.chunk->snapshot())));
      continue;
    }
    for (const RecordView& record : opened.chunk->Records()) {
      texts_.insert(std::string(AsText(record.payload)));
    }
  }
}

}  // namespace baya::vault::testing
