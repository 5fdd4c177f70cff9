#include "vault/vault.h"

#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "vault/key_slots.h"

namespace baya::vault {
namespace {

constexpr Status kBadPurpose =
    kError<StatusCode::kInvalidArgument,
           "a purpose is 1 to 64 letters, digits or :._-, a letter first">;

void SortBySequence(std::vector<RecordView>& records) {
  const auto before = [](const RecordView& a, const RecordView& b) {
    return a.sequence < b.sequence;
  };
  if (!std::is_sorted(records.begin(), records.end(), before)) {
    StableSort(records, before);
  }
}

}  // namespace

Result<Vault> Vault::Create(Host& host, const SecretBytes& slot_secret) {
  Vault vault(host);
  host.FillRandom(vault.vault_id_);
  vault.root_ = SecretBytes(kKeyBytes);
  host.FillRandom(vault.root_.ExposeMutable());
  BAYA_ASSIGN_OR_RETURN(vault.slots_blob_,
                        WrapRoot(host, vault.vault_id_, vault.epoch_, vault.root_, slot_secret));
  return vault;
}

Result<Vault> Vault::Open(Host& host, std::span<const Blob> blobs,
                          std::span<const SecretBytes> secrets, const OpenOptions& options) {
  BAYA_ASSIGN_OR_RETURN(auto&& recovered, Recover(host, blobs, secrets, options));
  Vault vault(host);
  vault.TakeOver(std::move(recovered));
  return vault;
}

void Vault::TakeOver(Recovered recovered) {
  OpenedRoot& opened = recovered.opened;
  vault_id_ = opened.vault_id;
  epoch_ = opened.epoch;
  root_ = std::move(opened.root);
  slots_blob_ = std::move(recovered.slots_blob);
  keys_ = std::move(*opened.keys);
  gaps_ = std::move(recovered.head.gaps);
  next_sequence_ = recovered.head.next_sequence;
  chunks_ = std::move(recovered.chunks);
  for (ChunkPtr& chunk : recovered.adopted) chunks_.push_back(std::move(chunk));
  for (const uint64_t id : recovered.stored_ids) stored_ids_.Add(id);
  last_batch_id_ = recovered.last_batch_id;

  committed_.generation = recovered.newest_generation;
  committed_.epoch = opened.epoch;
  committed_.next_sequence = next_sequence_;
  committed_.chunk_ids = std::move(recovered.needed_ids);
  committed_.head_copy = recovered.head_copy;
  for (size_t copy = 0; copy < 2; ++copy) {
    head_known_[copy] = {std::move(recovered.head_found[copy])};
  }
  committed_.keys_version = opened.keys_merged ? keys_version_ - 1 : keys_version_;
  committed_.keys_copy = opened.keys_copy;
  committed_.keys_twin = opened.keys_twin;
  committed_.slots_copy = opened.slots_copy;
  committed_.slots_twin = opened.slots_twin;

  report_ = std::move(recovered.report);
  // Without a head nobody knows whether a destruction was under way.
  if (recovered.head.rotation_owed || report_.head_lost) destructions_ = 1;
  repair_ = !report_.damage.empty() || report_.head_lost;
  sweep_ = report_.unlisted_chunks > 0 || report_.lost_records > 0;
  PruneKeys();
  CountUnsaved();
}

Status Vault::CheckWritable(std::string_view purpose) const {
  if (erased_) return kError<StatusCode::kFailedPrecondition, "the vault was erased">;
  if (!IsValidPurpose(purpose)) return kBadPurpose;
  return OkStatus();
}

Result<uint32_t> Vault::KeyFor(std::string_view purpose, uint32_t week) {
  if (const DataKey* key = keys_.Find(purpose, week)) return key->id;
  if (keys_.keys.size() >= kMaxKeys) {
    return kError<StatusCode::kResourceExhausted, "the vault has too many purposes and weeks">;
  }
  ++keys_version_;
  return keys_.Add(*host_, purpose, week).id;
}

Result<uint64_t> Vault::Append(std::string_view purpose, uint8_t kind, ByteView payload) {
  return AppendAt(WeekOf(host_->NowMs()), purpose, kind, payload);
}

Result<uint64_t> Vault::AppendAt(uint32_t week, std::string_view purpose, uint8_t kind,
                                 ByteView payload) {
  BAYA_RETURN_IF_ERROR(CheckWritable(purpose));
  if (payload.size() > kMaxRecordBytes) {
    return kError<StatusCode::kInvalidArgument, "a record is larger than 65,535 bytes">;
  }
  const size_t bytes = kRecordHeaderBytes + payload.size();
  if (unsaved_bytes_ + bytes > kMaxUnsavedBytes) {
    return kError<StatusCode::kResourceExhausted, "too much waits in memory for storage">;
  }
  BAYA_ASSIGN_OR_RETURN(const uint32_t key_id, KeyFor(purpose, week));
  unsaved_bytes_ += bytes;
  pending_.push_back({next_sequence_, key_id, kind, SecretBytes::CopyOf(payload)});
  return next_sequence_++;
}

Status Vault::PutSnapshot(std::string_view purpose, uint8_t kind, uint64_t through_sequence,
                          ByteView bytes) {
  BAYA_RETURN_IF_ERROR(CheckWritable(purpose));
  if (bytes.size() > kMaxSnapshotBytes) {
    return kError<StatusCode::kInvalidArgument, "a snapshot is larger than 4 MiB">;
  }
  if (unsaved_bytes_ + bytes.size() > kMaxUnsavedBytes) {
    return kError<StatusCode::kResourceExhausted, "too much waits in memory for storage">;
  }
  BAYA_ASSIGN_OR_RETURN(const uint32_t key_id, KeyFor(purpose, WeekOf(host_->NowMs())));
  std::erase_if(chunks_, [&](const ChunkPtr& chunk) {
    return chunk->listed.type == ChunkType::kSnapshot && chunk->snapshot_kind() == kind &&
           IsOf(chunk->listed.key_id, purpose);
  });
  chunks_.push_back(MakeSnapshotChunk(*host_, key_id, kind, through_sequence, bytes));
  CountUnsaved();
  return OkStatus();
}

bool Vault::IsOf(uint32_t key_id, std::string_view purpose) const {
  const DataKey* key = keys_.Find(key_id);
  return key != nullptr && key->purpose == purpose;
}

std::vector<RecordView> Vault::Records(std::string_view purpose, uint64_t after) const {
  std::vector<RecordView> records;
  for (const ChunkPtr& chunk : chunks_) {
    const ListedChunk& listed = chunk->listed;
    if (listed.type != ChunkType::kLog || listed.first_sequence + listed.span <= after) continue;
    if (!IsOf(listed.key_id, purpose)) continue;
    for (const RecordView& record : chunk->Records()) {
      if (record.sequence > after) records.push_back(record);
    }
  }
  for (const PendingRecord& record : pending_) {
    if (record.sequence <= after || !IsOf(record.key_id, purpose)) continue;
    records.push_back({record.sequence, record.kind, record.payload.Expose()});
  }
  SortBySequence(records);
  return records;
}

std::optional<SnapshotView> Vault::FindSnapshot(std::string_view purpose, uint8_t kind) const {
  for (const ChunkPtr& chunk : chunks_) {
    if (chunk->listed.type == ChunkType::kSnapshot && chunk->snapshot_kind() == kind &&
        IsOf(chunk->listed.key_id, purpose)) {
      return SnapshotView{chunk->listed.first_sequence, chunk->snapshot()};
    }
  }
  return std::nullopt;
}

std::vector<std::string> Vault::Purposes() const {
  IdSet key_ids;
  for (const ChunkPtr& chunk : chunks_) key_ids.Add(chunk->listed.key_id);
  for (const PendingRecord& record : pending_) key_ids.Add(record.key_id);
  std::vector<std::string> purposes;
  for (const DataKey& key : keys_.keys) {
    if (key_ids.Has(key.id)) purposes.push_back(key.purpose);
  }
  StableSort(purposes);
  purposes.erase(std::unique(purposes.begin(), purposes.end()), purposes.end());
  return purposes;
}

}  // namespace baya::vault
