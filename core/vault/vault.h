// An encrypted store of records, one log per purpose, over a storage of named blobs.
//
// The vault never waits. It keeps everything in memory, and hands out what storage must do as
// batches; what a batch carries counts as durable when the host confirms it. One batch is in flight
// at a time; what is appended meanwhile goes into the next. The loop of a host:
//
//   while (auto batch = vault.Flush(); batch.ok() && batch->has_value()) {
//     apply **batch as storage.h says, then vault.Confirm(id) or vault.Fail(id, code) and stop
//   }
//
// Format and guarantees: core/docs/formats/vault.md.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/function_ref.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "vault/chunk.h"
#include "vault/head.h"
#include "vault/id_set.h"
#include "vault/key_table.h"
#include "vault/limits.h"
#include "vault/recovery.h"
#include "vault/storage.h"

namespace baya::vault {

struct SnapshotView {
  uint64_t through_sequence = 0;  // the last record it takes into account
  ByteView bytes;
};

class Vault {
 public:
  // A new, empty vault; nothing is stored before its first batch.
  //
  //   host         must outlive the vault
  //   slot_secret  kKeyBytes; opens the vault as epoch 1
  //
  // Errors: kInvalidArgument (a secret of another size).
  static Result<Vault> Create(Host& host, const SecretBytes& slot_secret);

  // What is intact of a stored vault; report() says what is not.
  //
  //   blobs    everything in the vault's storage. A blob that could not be read must not be left
  //            out: fail the open instead, or its records count as lost
  //   secrets  those that the host holds, at least one: two after an interrupted rotation. The
  //            host then destroys all but number report().secret_index
  //
  // Errors: as Recover (vault/recovery.h).
  static Result<Vault> Open(Host& host, std::span<const Blob> blobs,
                            std::span<const SecretBytes> secrets, const OpenOptions& options = {});

  Vault(Vault&&) = default;
  Vault& operator=(Vault&&) = default;

  // Random, the same for as long as the vault lasts; no secret.
  const VaultId& id() const { return vault_id_; }

  // Of the last Open; empty after Create.
  const RecoveryReport& report() const { return report_; }

  // Adds a record and gives its sequence; it can be read at once, and is durable when the
  // sequence is below durable_end().
  //
  //   purpose  as IsValidPurpose
  //   payload  at most kMaxRecordBytes
  //
  // Errors: kInvalidArgument (purpose or payload), kResourceExhausted (more than kMaxUnsavedBytes
  // wait for storage), kFailedPrecondition (erased).
  Result<uint64_t> Append(std::string_view purpose, uint8_t kind, ByteView payload);

  // The same under the key of another week (WeekOf): the one that the record is about, so that it
  // goes with what is as old.
  Result<uint64_t> AppendAt(uint32_t week, std::string_view purpose, uint8_t kind,
                            ByteView payload);

  // Replaces the snapshot of this purpose and kind.
  //
  //   through_sequence  the last record that `bytes` takes into account; 0 for none
  //   bytes             at most kMaxSnapshotBytes
  //
  // Errors: as Append.
  Status PutSnapshot(std::string_view purpose, uint8_t kind, uint64_t through_sequence,
                     ByteView bytes);

  // The records of one purpose with a sequence above `after`, ascending. The views hold until the
  // vault changes.
  std::vector<RecordView> Records(std::string_view purpose, uint64_t after = 0) const;

  // Nothing when there is none. The view holds until the vault changes.
  std::optional<SnapshotView> FindSnapshot(std::string_view purpose, uint8_t kind) const;

  // What is known to be gone.
  const std::vector<Gap>& gaps() const { return gaps_; }

  // Every purpose that holds a record or a snapshot, ascending.
  std::vector<std::string> Purposes() const;

  // Removes everything under a purpose, at once in memory, and destroys its keys in the next
  // batch. See Destruction below.
  Status DestroyPurpose(std::string_view purpose);

  // The same for the weeks [first_week, last_week] (WeekOf) of their appends.
  //
  // Errors: kInvalidArgument (purpose, or an empty range).
  Status DestroyWeeks(std::string_view purpose, uint32_t first_week, uint32_t last_week);

  // Gives each record of a purpose the payload that `rewrite` returns, its own or another, and
  // removes those for which that is nothing. What else the weeks of the changed ones hold goes
  // under fresh keys, so that what they stored before cannot be opened; other weeks stay as they
  // are. A snapshot that was derived from a changed record is the caller's to replace, and the
  // purpose's then to Rekey. Returns how many were changed; with 0 nothing was rewritten.
  //
  //   rewrite  asked more than once; what it returns has to hold until this returns
  //
  // Errors: kInvalidArgument (purpose, or a payload over kMaxRecordBytes), kFailedPrecondition
  // (erased). Nothing is changed then.
  Result<uint64_t> RewriteRecords(std::string_view purpose,
                                  FunctionRef<std::optional<ByteView>(const RecordView&)> rewrite);

  // Removes the records for which `matches` holds, as RewriteRecords.
  Result<uint64_t> EraseRecords(std::string_view purpose,
                                FunctionRef<bool(const RecordView&)> matches);

  // Puts all that a purpose holds under fresh keys: what was replaced or merged away before can
  // then not be opened from old bytes.
  Status Rekey(std::string_view purpose);

  // Forgets everything. The next batch deletes every blob of the vault; the host also destroys
  // every slot secret. After that only Flush, Confirm and Fail do anything.
  void EraseAll();

  // Destruction is complete when a new root key replaced the one that opened the old key table:
  // the host makes a fresh slot secret (32 bytes, stored beside the old one), offers it, and
  // destroys the old one when the batch says so. Until then the destroyed keys are gone from the
  // vault, but not from bytes that storage may have kept.
  bool wants_slot_secret() const;

  // Errors: kInvalidArgument (not kKeyBytes), kFailedPrecondition (erased, or the last one offered
  // is not confirmed yet).
  Status OfferSlotSecret(const SecretBytes& slot_secret);

  // Whether something destroyed or erased can still be opened from what storage holds.
  bool destruction_pending() const;

  // The next batch; nothing when one is in flight or there is nothing to do.
  //
  // Errors: kInternal; kAborted (the vault is fenced, see Fail).
  Result<std::optional<StorageBatch>> Flush();

  // The batch in flight is durable.
  //
  // Errors: kInvalidArgument (another id).
  Status Confirm(uint64_t id);

  // The batch in flight was not applied, or nobody knows. Its content is offered again. After
  // kAborted (an expectation did not hold: another writer, or storage was wiped) the vault is
  // fenced: it can be read but never writes again.
  //
  // Errors: kInvalidArgument (another id).
  Status Fail(uint64_t id, StatusCode code);

  // OK, or why records are held in memory only: kResourceExhausted (storage is full),
  // kUnavailable (storage failed), kAborted (fenced).
  Status health() const { return health_; }

  // Records with a smaller sequence are durable, unless destroyed.
  uint64_t durable_end() const { return committed_.next_sequence; }
  uint64_t next_sequence() const { return next_sequence_; }
  uint64_t generation() const { return committed_.generation; }
  uint32_t epoch() const { return committed_.epoch; }

 private:
  struct PendingRecord {
    uint64_t sequence = 0;
    uint32_t key_id = 0;
    uint8_t kind = 0;
    SecretBytes payload;
  };

  struct SealedChunk {
    uint64_t id = 0;
    Bytes bytes;
  };

  // What storage holds, as far as it is confirmed.
  struct Committed {
    uint64_t generation = 0;  // 0: nothing yet
    uint32_t epoch = 0;
    uint64_t next_sequence = 1;
    std::vector<uint64_t> chunk_ids;  // that the head lists, ascending
    std::optional<size_t> head_copy;
    bool head_twin = true;      // the other copy is no leftover that nobody can read
    uint64_t keys_version = 0;  // of keys_version_
    uint64_t keys_generation = 0;
    size_t keys_copy = 0;
    bool keys_twin = false;
    size_t slots_copy = 0;
    bool slots_twin = false;
    uint64_t destructions = 0;  // of destructions_, out of reach
  };

  struct InFlight {
    Committed after;
    std::vector<uint64_t> deleted;
    bool erases_all = false;
  };

  explicit Vault(Host& host) : host_(&host) {}
  void TakeOver(Recovered recovered);

  // vault.cc
  Status CheckWritable(std::string_view purpose) const;
  Result<uint32_t> KeyFor(std::string_view purpose, uint32_t week);
  bool IsOf(uint32_t key_id, std::string_view purpose) const;

  // vault_destroy.cc
  using Rewrite = FunctionRef<std::optional<ByteView>(const RecordView&)>;
  void RemoveKeys(const IdSet& key_ids);
  void Replace(uint32_t old_key_id, Rewrite rewrite, std::vector<ChunkPtr>& fresh);
  void ReplaceAll(const IdSet& old_keys, Rewrite rewrite);

  // vault_flush.cc
  bool IsFenced() const { return health_.code() == StatusCode::kAborted; }
  bool KeysChanged() const { return keys_version_ != committed_.keys_version; }
  bool Rotating() const { return epoch_ != committed_.epoch; }
  bool IsUnsaved(const Chunk& chunk) const {
    return !Contains(committed_.chunk_ids, chunk.listed.id);
  }
  bool HoldsNew(const Chunk& chunk) const;
  bool IsSettled() const;  // both copies of everything are current
  bool HasWork() const;
  static bool Contains(const std::vector<uint64_t>& ascending, uint64_t id) {
    return std::binary_search(ascending.begin(), ascending.end(), id);
  }
  std::vector<uint64_t> ChunkIds() const;  // ascending
  std::vector<uint64_t> Deletable(const std::vector<uint64_t>& current) const;
  void QueueToChunks();
  void PruneKeys();
  void CountUnsaved();
  StorageBatch EraseBatch();
  Result<StorageBatch> BuildBatch();
  Status PutChunks(StorageBatch& batch);
  Status PutKeys(StorageBatch& batch, Committed& after);
  Status PutHead(StorageBatch& batch, Committed& after);
  void RememberHead(size_t copy, Bytes prefix);
  void PutSlots(StorageBatch& batch, Committed& after) const;

  Host* host_;
  RecoveryReport report_;

  VaultId vault_id_{};
  uint32_t epoch_ = 1;  // of root_, which may be ahead of storage
  SecretBytes root_;
  Bytes slots_blob_;  // root_, wrapped

  KeyTable keys_;
  uint64_t keys_version_ = 1;  // counts changes of keys_
  std::vector<ChunkPtr> chunks_;
  std::vector<Gap> gaps_;
  std::vector<PendingRecord> pending_;
  uint64_t next_sequence_ = 1;

  std::vector<SealedChunk> unsaved_;  // that no confirmed batch carried
  size_t unsaved_bytes_ = 0;          // of them and of pending_
  IdSet stored_ids_;                  // chunks that storage may hold
  uint64_t last_batch_id_ = 0;
  Committed committed_;
  std::optional<InFlight> in_flight_;

  // How each copy of the head may begin, the newest last: as found or confirmed, or as a batch
  // wrote it of which nobody knows whether it was applied. Nothing: absent.
  std::vector<std::optional<Bytes>> head_known_[2] = {{std::nullopt}, {std::nullopt}};

  uint64_t destructions_ = 0;                // how many there were
  std::optional<uint64_t> rotation_covers_;  // how many precede the first batch of epoch_
  bool repair_ = false;                      // the store as found should be written anew
  bool sweep_ = false;                       // what is deletable should not wait for the next burst
  bool lean_ = false;                        // storage was full: no merging until it takes a batch
  bool erased_ = false;
  bool erase_confirmed_ = false;
  Status health_;
};

}  // namespace baya::vault
