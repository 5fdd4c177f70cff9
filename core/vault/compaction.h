// Which chunks to merge, so that many small bursts leave few chunks
// (core/docs/formats/vault.md §7).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/host.h"
#include "vault/chunk.h"
#include "vault/key_table.h"

namespace baya::vault {

// Log chunks of one size and key are merged when there are this many; a record is rewritten a few
// times on its way through the three sizes.
inline constexpr size_t kMergeFanIn = 8;

// Replaces chunks in `chunks` by fewer, larger ones with the same records, under the same keys.
// Of the keys of past weeks (those with a key of a later week for the same purpose) at most one is
// tidied.
void Compact(Host& host, const KeyTable& keys, std::vector<ChunkPtr>& chunks);

// Unsealed log chunks under `key_id` with the records of all `sources`, in order of sequence, each
// with the payload that `rewrite` returns for it; without those for which that is nothing.
template <typename Rewrite>
std::vector<ChunkPtr> Repack(Host& host, uint32_t key_id, const std::vector<ChunkPtr>& sources,
                             Rewrite&& rewrite);

// The same for records at hand; they are sorted.
std::vector<ChunkPtr> PackRecords(Host& host, uint32_t key_id, std::vector<RecordView> records);

template <typename Rewrite>
std::vector<ChunkPtr> Repack(Host& host, uint32_t key_id, const std::vector<ChunkPtr>& sources,
                             Rewrite&& rewrite) {
  std::vector<RecordView> records;
  for (const ChunkPtr& source : sources) {
    for (const RecordView& record : source->Records()) {
      const std::optional<ByteView> payload = rewrite(record);
      if (payload) records.push_back({record.sequence, record.kind, *payload});
    }
  }
  return PackRecords(host, key_id, std::move(records));
}

}  // namespace baya::vault
