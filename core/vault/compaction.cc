#include "vault/compaction.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/sort.h"
#include "vault/id_set.h"

namespace baya::vault {
namespace {

// From here on a chunk is left alone: two of them would not fit into one.
constexpr size_t kFinalBytes = kMaxLogBytes / 2;

// 0: under 1 KiB, 1: under 8 KiB, 2: under kFinalBytes, 3: final. Eight of one size make the next.
constexpr size_t kSizes = 3;

size_t SizeOf(const Chunk& chunk) {
  size_t size = kSizes;
  for (size_t bound = kFinalBytes; size > 0 && chunk.body().size() < bound; bound /= kMergeFanIn) {
    --size;
  }
  return size;
}

bool IsLogOf(const Chunk& chunk, uint32_t key_id) {
  return chunk.listed.type == ChunkType::kLog && chunk.listed.key_id == key_id;
}

std::vector<ChunkPtr> Select(const std::vector<ChunkPtr>& chunks, uint32_t key_id, size_t from_size,
                             size_t to_size) {
  std::vector<ChunkPtr> selected;
  for (const ChunkPtr& chunk : chunks) {
    if (!IsLogOf(*chunk, key_id)) continue;
    const size_t size = SizeOf(*chunk);
    if (size >= from_size && size <= to_size) selected.push_back(chunk);
  }
  return selected;
}

void Merge(Host& host, uint32_t key_id, const std::vector<ChunkPtr>& sources,
           std::vector<ChunkPtr>& chunks) {
  std::vector<ChunkPtr> merged = Repack(host, key_id, sources, [](const RecordView& record) {
    return std::optional<ByteView>(record.payload);
  });
  std::erase_if(chunks, [&](const ChunkPtr& chunk) {
    return std::find(sources.begin(), sources.end(), chunk) != sources.end();
  });
  for (ChunkPtr& chunk : merged) chunks.push_back(std::move(chunk));
}

// Those with two or more, so that the keys of weeks long tidied cost nothing.
IdSet KeysWithSmallChunks(const std::vector<ChunkPtr>& chunks) {
  IdSet once;
  IdSet twice;
  for (const ChunkPtr& chunk : chunks) {
    if (chunk->listed.type != ChunkType::kLog || SizeOf(*chunk) >= kSizes) continue;
    if (!once.Add(chunk->listed.key_id)) twice.Add(chunk->listed.key_id);
  }
  return twice;
}

bool IsPast(const KeyTable& keys, const DataKey& key) {
  return std::any_of(keys.keys.begin(), keys.keys.end(), [&](const DataKey& other) {
    return other.week > key.week && other.purpose == key.purpose;
  });
}

}  // namespace

std::vector<ChunkPtr> PackRecords(Host& host, uint32_t key_id, std::vector<RecordView> records) {
  StableSort(records,
             [](const RecordView& a, const RecordView& b) { return a.sequence < b.sequence; });
  std::vector<ChunkPtr> packed;
  std::span<const RecordView> rest(records);
  while (!rest.empty()) {
    const size_t count = CountForOneChunk(rest);
    packed.push_back(MakeLogChunk(host, key_id, rest.first(count)));
    rest = rest.subspan(count);
  }
  return packed;
}

void Compact(Host& host, const KeyTable& keys, std::vector<ChunkPtr>& chunks) {
  bool tidied = false;
  for (const uint64_t id : KeysWithSmallChunks(chunks)) {
    const auto key_id = static_cast<uint32_t>(id);
    for (size_t size = 0; size < kSizes; ++size) {
      const std::vector<ChunkPtr> same = Select(chunks, key_id, size, size);
      if (same.size() >= kMergeFanIn) Merge(host, key_id, same, chunks);
    }
    if (tidied || !IsPast(keys, *keys.Find(key_id))) continue;
    const std::vector<ChunkPtr> small = Select(chunks, key_id, 0, kSizes - 1);
    if (small.size() < 2) continue;
    Merge(host, key_id, small, chunks);
    tidied = true;
  }
}

}  // namespace baya::vault
