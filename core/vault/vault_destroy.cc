// Destruction of keys, erasure by rewrite, change of the root key.

#include <algorithm>
#include <utility>

#include "vault/compaction.h"
#include "vault/key_slots.h"
#include "vault/vault.h"

namespace baya::vault {
namespace {

constexpr Status kTooLarge =
    kError<StatusCode::kInvalidArgument, "a record is larger than 65,535 bytes">;

}  // namespace

void Vault::RemoveKeys(const IdSet& key_ids) {
  if (key_ids.empty()) return;
  std::erase_if(chunks_, [&](const ChunkPtr& chunk) { return key_ids.Has(chunk->listed.key_id); });
  std::erase_if(pending_, [&](const PendingRecord& record) { return key_ids.Has(record.key_id); });
  std::erase_if(keys_.keys, [&](const DataKey& key) { return key_ids.Has(key.id); });
  ++keys_version_;
  ++destructions_;
  sweep_ = true;
  CountUnsaved();
}

Status Vault::DestroyPurpose(std::string_view purpose) {
  return DestroyWeeks(purpose, 0, UINT32_MAX);
}

Status Vault::DestroyWeeks(std::string_view purpose, uint32_t first_week, uint32_t last_week) {
  BAYA_RETURN_IF_ERROR(CheckWritable(purpose));
  if (first_week > last_week) {
    return kError<StatusCode::kInvalidArgument, "the first week comes after the last">;
  }
  IdSet doomed;
  for (const DataKey& key : keys_.keys) {
    if (key.purpose == purpose && key.week >= first_week && key.week <= last_week) {
      doomed.Add(key.id);
    }
  }
  for (const ChunkPtr& chunk : chunks_) {
    const ListedChunk& listed = chunk->listed;
    if (listed.type != ChunkType::kLog || !doomed.Has(listed.key_id)) continue;
    AddGap(gaps_, {listed.first_sequence, listed.first_sequence + listed.span, listed.records,
                   GapReason::kDestroyed});
  }
  RemoveKeys(doomed);
  return OkStatus();
}

// Adds to `fresh` what `old_key` holds, rewritten, under a new key of the same week.
void Vault::Replace(uint32_t old_key_id, Rewrite rewrite, std::vector<ChunkPtr>& fresh) {
  std::vector<ChunkPtr> logs;
  std::vector<ChunkPtr> snapshots;
  for (const ChunkPtr& chunk : chunks_) {
    if (chunk->listed.key_id != old_key_id) continue;
    (chunk->listed.type == ChunkType::kLog ? logs : snapshots).push_back(chunk);
  }
  if (logs.empty() && snapshots.empty()) return;
  const DataKey& old_key = *keys_.Find(old_key_id);
  const std::string purpose = old_key.purpose;  // Add moves the keys
  const uint32_t key_id = keys_.Add(*host_, purpose, old_key.week).id;
  for (ChunkPtr& chunk : Repack(*host_, key_id, logs, rewrite)) fresh.push_back(std::move(chunk));
  for (const ChunkPtr& chunk : snapshots) {
    fresh.push_back(MakeSnapshotChunk(*host_, key_id, chunk->snapshot_kind(),
                                      chunk->listed.first_sequence, chunk->snapshot()));
  }
}

void Vault::ReplaceAll(const IdSet& old_keys, Rewrite rewrite) {
  std::vector<ChunkPtr> fresh;
  for (const uint64_t id : old_keys) Replace(static_cast<uint32_t>(id), rewrite, fresh);
  RemoveKeys(old_keys);
  for (ChunkPtr& chunk : fresh) chunks_.push_back(std::move(chunk));
  CountUnsaved();
}

Result<uint64_t> Vault::RewriteRecords(std::string_view purpose, Rewrite rewrite) {
  BAYA_RETURN_IF_ERROR(CheckWritable(purpose));
  QueueToChunks();
  IdSet touched;
  uint64_t changed = 0;
  for (const ChunkPtr& chunk : chunks_) {
    const ListedChunk& listed = chunk->listed;
    if (listed.type != ChunkType::kLog || !IsOf(listed.key_id, purpose)) continue;
    for (const RecordView& record : chunk->Records()) {
      const std::optional<ByteView> payload = rewrite(record);
      if (payload && payload->size() > kMaxRecordBytes) return kTooLarge;
      if (payload && payload->data() == record.payload.data()) continue;
      ++changed;
      touched.Add(listed.key_id);
    }
  }
  if (changed > 0) ReplaceAll(touched, rewrite);
  return changed;
}

Result<uint64_t> Vault::EraseRecords(std::string_view purpose,
                                     FunctionRef<bool(const RecordView&)> matches) {
  return RewriteRecords(purpose, [&](const RecordView& record) {
    return matches(record) ? std::nullopt : std::optional<ByteView>(record.payload);
  });
}

Status Vault::Rekey(std::string_view purpose) {
  BAYA_RETURN_IF_ERROR(CheckWritable(purpose));
  QueueToChunks();
  IdSet keys;
  for (const DataKey& key : keys_.keys) {
    if (key.purpose == purpose) keys.Add(key.id);
  }
  ReplaceAll(keys,
             [](const RecordView& record) { return std::optional<ByteView>(record.payload); });
  return OkStatus();
}

void Vault::EraseAll() {
  erased_ = true;
  erase_confirmed_ = false;
  root_ = SecretBytes();
  slots_blob_.clear();
  keys_ = KeyTable();
  chunks_.clear();
  gaps_.clear();
  pending_.clear();
  unsaved_.clear();
  unsaved_bytes_ = 0;
}

bool Vault::wants_slot_secret() const {
  return !erased_ && !IsFenced() && !Rotating() && destructions_ > committed_.destructions;
}

bool Vault::destruction_pending() const {
  if (erased_) return !erase_confirmed_;
  return sweep_ || destructions_ > committed_.destructions;
}

Status Vault::OfferSlotSecret(const SecretBytes& slot_secret) {
  if (erased_) return kError<StatusCode::kFailedPrecondition, "the vault was erased">;
  if (Rotating()) {
    return kError<StatusCode::kFailedPrecondition, "the secret offered last is not confirmed yet">;
  }
  SecretBytes root(kKeyBytes);
  host_->FillRandom(root.ExposeMutable());
  BAYA_ASSIGN_OR_RETURN(slots_blob_, WrapRoot(*host_, vault_id_, epoch_ + 1, root, slot_secret));
  ++epoch_;
  root_ = std::move(root);
  rotation_covers_ = std::nullopt;
  sweep_ = true;
  return OkStatus();
}

}  // namespace baya::vault
