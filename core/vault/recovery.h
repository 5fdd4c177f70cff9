// Reads a vault out of its blobs: the newest state that is whole, and of it all that is intact
// (core/docs/formats/vault.md §9).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "vault/chunk.h"
#include "vault/head.h"
#include "vault/roots.h"
#include "vault/sealed_blob.h"
#include "vault/storage.h"

namespace baya::vault {

enum class BlobKind : uint8_t { kSlots = 1, kKeys = 2, kHead = 3, kChunk = 4 };

// One blob that gave less than it should have.
struct Damage {
  BlobKind blob = BlobKind::kChunk;
  Fault fault = Fault::kNone;
  uint32_t records = 0;  // lost with it; 0 for a second copy
  uint64_t bytes = 0;    // of the blob as found

  friend bool operator==(const Damage&, const Damage&) = default;
};

// What opening found; says nothing about what the records hold.
struct RecoveryReport {
  uint64_t generation = 0;
  uint32_t epoch = 0;
  size_t secret_index = 0;  // of the secret offered that opened the vault
  uint64_t records = 0;     // read, of all purposes
  std::vector<Gap> gaps;    // known before, and found now
  std::vector<Damage> damage;
  uint64_t lost_records = 0;     // in chunks that are listed and gave nothing, but not on purpose
  uint64_t adopted_records = 0;  // taken in from chunks whose head did not survive
  uint64_t unlisted_chunks = 0;  // left by interrupted batches; dropped
  uint64_t unlisted_bytes = 0;
  uint64_t torn_bytes = 0;        // in blobs cut short
  uint64_t foreign_blobs = 0;     // names that are not the vault's
  bool head_lost = false;         // neither head opened; the chunks speak for themselves
  bool keys_rolled_back = false;  // the key table is older than the head
  bool rolled_back = false;       // the whole store is older than the host remembers
};

struct OpenOptions {
  // The highest StorageBatch::id the host ever confirmed, kept elsewhere; 0 when it keeps none.
  uint64_t newest_generation_seen = 0;
};

// A vault's state as read, before anything is written again.
struct Recovered {
  OpenedRoot opened;
  Bytes slots_blob;
  Head head;  // generation 0 when lost
  std::optional<size_t> head_copy;
  std::optional<Bytes> head_found[2];  // how each copy begins, whatever it is
  std::vector<ChunkPtr> chunks;        // as listed
  std::vector<ChunkPtr> adopted;       // not sealed yet, under new ids
  std::vector<uint64_t> stored_ids;    // every chunk name found, ascending
  std::vector<uint64_t> needed_ids;    // must outlast the next batch, ascending
  uint64_t newest_generation = 0;      // of anything that opened
  uint64_t last_batch_id = 0;          // the next one is higher than anything known
  RecoveryReport report;
};

// Errors: kInvalidArgument (a name twice); as OpenRoots.
Result<Recovered> Recover(Host& host, std::span<const Blob> blobs,
                          std::span<const SecretBytes> secrets, const OpenOptions& options);

}  // namespace baya::vault
