// A chunk: many records, or one snapshot, of one purpose and week, sealed together
// (core/docs/formats/vault.md §7).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/counted_ptr.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "vault/head.h"
#include "vault/limits.h"
#include "vault/plaintext.h"
#include "vault/sealed_blob.h"

namespace baya::vault {

// Borrowed from the chunk or the queue that holds it.
struct RecordView {
  uint64_t sequence = 0;
  uint8_t kind = 0;
  ByteView payload;
};

inline constexpr size_t kRecordHeaderBytes = 1 + 3 + 2;

// The most that one chunk's offsets reach.
inline constexpr uint32_t kMaxSpan = (uint32_t{1} << 24) - 1;

struct Chunk {
  ListedChunk listed;
  uint32_t epoch = 0;       // set when sealed
  uint64_t generation = 0;  // set when sealed
  Plaintext plaintext;

  // The records or the snapshot; without the chunk's own header.
  ByteView body() const;

  // REQUIRES: a log chunk.
  std::vector<RecordView> Records() const;

  // REQUIRES: a snapshot chunk.
  uint8_t snapshot_kind() const { return body()[0]; }
  ByteView snapshot() const { return body().subspan(1); }
};

// Chunks are shared between what is held now and what a batch in flight carries.
using ChunkPtr = CountedPtr<Chunk>;

// How many of `records`, from the first on, fit into one chunk; at least 1 unless there are none.
// Their sequences ascend.
size_t CountForOneChunk(std::span<const RecordView> records);

// A chunk that is not sealed yet, under a random id.
//
//   records  as CountForOneChunk allows, not empty
ChunkPtr MakeLogChunk(Host& host, uint32_t key_id, std::span<const RecordView> records);

//   through_sequence  the last sequence that the snapshot takes into account
//   bytes             at most kMaxSnapshotBytes
ChunkPtr MakeSnapshotChunk(Host& host, uint32_t key_id, uint8_t kind, uint64_t through_sequence,
                           ByteView bytes);

// Notes epoch and generation in the chunk and seals it.
Result<Bytes> SealChunk(Host& host, const SecretBytes& key, const VaultId& vault_id, uint32_t epoch,
                        uint64_t generation, Chunk& chunk);

struct OpenedChunk {
  Fault fault = Fault::kNone;
  ChunkPtr chunk;  // null unless fault is kNone
};

// Every field is checked: the records are as many as the header says and lie where it says.
OpenedChunk OpenChunk(const SecretBytes& key, uint32_t key_id, const VaultId& vault_id, uint64_t id,
                      ByteView blob);

// The decoder behind OpenChunk: what was authenticated becomes a chunk.
//
// Errors: kInvalidArgument (not a chunk's content).
Result<ChunkPtr> DecodeChunk(uint64_t id, uint32_t key_id, Plaintext plaintext);

}  // namespace baya::vault
