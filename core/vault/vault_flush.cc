// From the state in memory to batches, and back from what the host reports.
//
// A batch is the difference between what should be stored and what is confirmed, so that a batch
// that failed, or that nobody knows about, needs no undoing: the next one is made afresh. It never
// touches what the confirmed state needs (core/docs/formats/vault.md §3).

#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "vault/compaction.h"
#include "vault/key_slots.h"
#include "vault/vault.h"

namespace baya::vault {
namespace {

Status HealthAfter(StatusCode code) {
  switch (code) {
    case StatusCode::kResourceExhausted:
      return kError<StatusCode::kResourceExhausted,
                    "storage is full; what is new is in memory only">;
    case StatusCode::kAborted:
      return kError<StatusCode::kAborted, "another writer changed the store, or it was wiped">;
    default:
      return kError<StatusCode::kUnavailable, "storage failed; what is new is in memory only">;
  }
}

}  // namespace

std::vector<uint64_t> Vault::ChunkIds() const {
  std::vector<uint64_t> ids;
  for (const ChunkPtr& chunk : chunks_) ids.push_back(chunk->listed.id);
  StableSort(ids);
  return ids;
}

// What neither the confirmed head nor the one to be written lists.
std::vector<uint64_t> Vault::Deletable(const std::vector<uint64_t>& current) const {
  std::vector<uint64_t> deletable;
  for (const uint64_t id : stored_ids_) {
    if (!Contains(current, id) && !Contains(committed_.chunk_ids, id)) deletable.push_back(id);
  }
  return deletable;
}

bool Vault::IsSettled() const {
  return !KeysChanged() && !Rotating() && committed_.keys_twin && committed_.slots_twin &&
         committed_.head_twin;
}

bool Vault::HasWork() const {
  if (committed_.generation == 0 || !pending_.empty() || repair_) return true;
  if (!IsSettled()) return true;
  if (std::any_of(chunks_.begin(), chunks_.end(),
                  [this](const ChunkPtr& chunk) { return IsUnsaved(*chunk); })) {
    return true;
  }
  return sweep_;
}

void Vault::QueueToChunks() {
  IdSet key_ids;
  for (const PendingRecord& record : pending_) key_ids.Add(record.key_id);
  for (const uint64_t id : key_ids) {
    const auto key_id = static_cast<uint32_t>(id);
    std::vector<RecordView> records;
    for (const PendingRecord& record : pending_) {
      if (record.key_id != key_id) continue;
      records.push_back({record.sequence, record.kind, record.payload.Expose()});
    }
    for (ChunkPtr& chunk : PackRecords(*host_, key_id, std::move(records))) {
      chunks_.push_back(std::move(chunk));
    }
  }
  pending_.clear();
}

// REQUIRES: nothing is pending.
void Vault::PruneKeys() {
  IdSet used;
  for (const ChunkPtr& chunk : chunks_) used.Add(chunk->listed.key_id);
  const size_t pruned =
      std::erase_if(keys_.keys, [&](const DataKey& key) { return !used.Has(key.id); });
  if (pruned > 0) ++keys_version_;
}

// Whether there is something in it that storage has in no form yet, as far as is confirmed.
bool Vault::HoldsNew(const Chunk& chunk) const {
  const ListedChunk& listed = chunk.listed;
  return IsUnsaved(chunk) && (listed.type == ChunkType::kSnapshot ||
                              listed.first_sequence + listed.span >= committed_.next_sequence);
}

// What was merged or rewritten takes up no more memory than before.
void Vault::CountUnsaved() {
  unsaved_bytes_ = 0;
  for (const ChunkPtr& chunk : chunks_) {
    if (HoldsNew(*chunk)) unsaved_bytes_ += chunk->body().size();
  }
  for (const PendingRecord& record : pending_) {
    unsaved_bytes_ += kRecordHeaderBytes + record.payload.size();
  }
}

Result<std::optional<StorageBatch>> Vault::Flush() {
  if (in_flight_) return std::optional<StorageBatch>();
  if (erased_) {
    if (erase_confirmed_) return std::optional<StorageBatch>();
    return std::optional<StorageBatch>(EraseBatch());
  }
  if (IsFenced()) return health_;
  if (!HasWork()) return std::optional<StorageBatch>();
  QueueToChunks();
  if (!lean_) Compact(*host_, keys_, chunks_);
  PruneKeys();
  CountUnsaved();
  BAYA_ASSIGN_OR_RETURN(auto&& batch, BuildBatch());
  return std::optional<StorageBatch>(std::move(batch));
}

StorageBatch Vault::EraseBatch() {
  StorageBatch batch;
  batch.id = ++last_batch_id_;
  batch.rotates = true;  // to epoch 0: no secret stays
  for (size_t copy = 0; copy < 2; ++copy) {
    batch.deletes.emplace_back(kSlotsNames[copy]);
    batch.deletes.emplace_back(kKeysNames[copy]);
    batch.deletes.emplace_back(kHeadNames[copy]);
  }
  for (const uint64_t id : stored_ids_) batch.deletes.push_back(ChunkName(id));
  in_flight_ = InFlight{};
  in_flight_->after.generation = batch.id;
  in_flight_->erases_all = true;
  return batch;
}

Result<StorageBatch> Vault::BuildBatch() {
  StorageBatch batch;
  batch.id = ++last_batch_id_;
  batch.epoch = epoch_;
  batch.rotates = Rotating() && committed_.generation != 0;
  for (size_t copy = 0; copy < 2; ++copy) {
    batch.expects.push_back({std::string(kHeadNames[copy]), head_known_[copy]});
  }
  InFlight flight;
  flight.after = committed_;
  Committed& after = flight.after;
  after.generation = batch.id;
  after.next_sequence = next_sequence_;
  after.chunk_ids = ChunkIds();
  if (Rotating()) {
    if (!rotation_covers_) rotation_covers_ = destructions_;
    after.destructions = *rotation_covers_;
  }
  BAYA_RETURN_IF_ERROR(PutChunks(batch));
  BAYA_RETURN_IF_ERROR(PutKeys(batch, after));
  BAYA_RETURN_IF_ERROR(PutHead(batch, after));
  PutSlots(batch, after);
  after.epoch = epoch_;
  flight.deleted = Deletable(after.chunk_ids);
  for (const uint64_t id : flight.deleted) batch.deletes.push_back(ChunkName(id));
  in_flight_ = std::move(flight);
  return batch;
}

Status Vault::PutChunks(StorageBatch& batch) {
  std::vector<SealedChunk> unsaved;
  for (const ChunkPtr& chunk : chunks_) {
    if (!IsUnsaved(*chunk)) continue;
    const uint64_t id = chunk->listed.id;
    const auto sealed = std::find_if(unsaved_.begin(), unsaved_.end(),
                                     [id](const SealedChunk& other) { return other.id == id; });
    unsaved.push_back({id, {}});
    Bytes& bytes = unsaved.back().bytes;
    if (sealed != unsaved_.end()) {
      bytes = std::move(sealed->bytes);
    } else {
      const SecretBytes& key = keys_.Find(chunk->listed.key_id)->key;
      BAYA_ASSIGN_OR_RETURN(bytes, SealChunk(*host_, key, vault_id_, epoch_, batch.id, *chunk));
    }
    stored_ids_.Add(id);
    batch.puts.push_back({ChunkName(id), bytes});
  }
  unsaved_ = std::move(unsaved);
  return OkStatus();
}

Status Vault::PutKeys(StorageBatch& batch, Committed& after) {
  const bool first = committed_.generation == 0;
  const bool changed = first || KeysChanged() || Rotating();
  if (!changed && committed_.keys_twin) return OkStatus();
  if (changed) keys_.generation = batch.id;
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& key, DeriveKeysKey(vault_id_, root_));
  const Plaintext table = EncodeKeyTable(keys_);
  for (size_t copy = 0; copy < 2; ++copy) {
    if (!first && copy == committed_.keys_copy) continue;
    BAYA_ASSIGN_OR_RETURN(auto&& blob,
                          SealBlob(*host_, key, {kKeysLabel, vault_id_, epoch_, 0}, table));
    batch.puts.push_back({std::string(kKeysNames[copy]), std::move(blob)});
    after.keys_copy = copy;
  }
  after.keys_version = keys_version_;
  after.keys_twin = first || !changed;
  return OkStatus();
}

void Vault::RememberHead(size_t copy, Bytes prefix) {
  // After so many failures in a row a batch that did arrive may be forgotten; that only fences.
  constexpr size_t kMostKnown = 64;
  std::vector<std::optional<Bytes>>& known = head_known_[copy];
  if (known.size() >= kMostKnown) known.erase(known.begin() + 1);
  known.emplace_back(std::move(prefix));
}

Status Vault::PutHead(StorageBatch& batch, Committed& after) {
  Head head;
  head.generation = batch.id;
  head.epoch = epoch_;
  head.next_sequence = next_sequence_;
  head.keys_generation = keys_.generation;
  head.rotation_owed = destructions_ > after.destructions;
  head.gaps = gaps_;
  for (const ChunkPtr& chunk : chunks_) head.chunks.push_back(chunk->listed);
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& key, DeriveHeadKey(vault_id_, root_));
  BAYA_ASSIGN_OR_RETURN(
      auto&& blob, SealBlob(*host_, key, {kHeadLabel, vault_id_, epoch_, 0}, EncodeHead(head)));
  const size_t copy = committed_.head_copy ? 1 - *committed_.head_copy : 0;
  after.head_copy = copy;
  after.head_twin = committed_.generation == 0 || (committed_.head_copy.has_value() && !Rotating());
  RememberHead(copy, Bytes(blob.begin(), blob.begin() + kSealedHeaderBytes));
  batch.puts.push_back({std::string(kHeadNames[copy]), std::move(blob)});
  return OkStatus();
}

void Vault::PutSlots(StorageBatch& batch, Committed& after) const {
  const bool first = committed_.generation == 0;
  if (!first && !Rotating() && committed_.slots_twin) return;
  for (size_t copy = 0; copy < 2; ++copy) {
    if (!first && copy == committed_.slots_copy) continue;
    batch.puts.push_back({std::string(kSlotsNames[copy]), slots_blob_});
    after.slots_copy = copy;
  }
  after.slots_twin = first || !Rotating();
}

Status Vault::Confirm(uint64_t id) {
  if (!in_flight_ || in_flight_->after.generation != id) {
    return kError<StatusCode::kInvalidArgument, "no batch with this id is in flight">;
  }
  const InFlight flight = std::move(*in_flight_);
  in_flight_ = std::nullopt;
  health_ = OkStatus();
  if (flight.erases_all) {
    committed_ = Committed{};
    stored_ids_.Clear();
    erase_confirmed_ = true;
    return OkStatus();
  }
  committed_ = flight.after;
  std::vector<std::optional<Bytes>>& known = head_known_[*committed_.head_copy];
  known.erase(known.begin(), known.end() - 1);
  for (const uint64_t deleted : flight.deleted) stored_ids_.Remove(deleted);
  std::erase_if(unsaved_, [this](const SealedChunk& sealed) {
    return Contains(committed_.chunk_ids, sealed.id);
  });
  lean_ = false;
  repair_ = false;
  // What is listed may be stored, so equal numbers mean equal sets.
  if (IsSettled() && committed_.chunk_ids.size() == stored_ids_.size()) sweep_ = false;
  CountUnsaved();
  return OkStatus();
}

Status Vault::Fail(uint64_t id, StatusCode code) {
  if (!in_flight_ || in_flight_->after.generation != id) {
    return kError<StatusCode::kInvalidArgument, "no batch with this id is in flight">;
  }
  in_flight_ = std::nullopt;
  lean_ = code == StatusCode::kResourceExhausted;
  health_ = HealthAfter(code);
  return OkStatus();
}

}  // namespace baya::vault
