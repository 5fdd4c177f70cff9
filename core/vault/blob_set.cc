#include "vault/blob_set.h"

#include <algorithm>
#include <string_view>

#include "base/sort.h"

namespace baya::vault {
namespace {

std::optional<ByteView>* FixedPlace(BlobSet& set, std::string_view name) {
  for (size_t copy = 0; copy < 2; ++copy) {
    if (name == kSlotsNames[copy]) return &set.slots[copy];
    if (name == kKeysNames[copy]) return &set.keys[copy];
    if (name == kHeadNames[copy]) return &set.head[copy];
  }
  return nullptr;
}

}  // namespace

bool BlobSet::empty() const {
  return chunks.empty() && !slots[0] && !slots[1] && !keys[0] && !keys[1] && !head[0] && !head[1];
}

const ChunkBlob* BlobSet::FindChunk(uint64_t id) const {
  const auto it =
      std::lower_bound(chunks.begin(), chunks.end(), id,
                       [](const ChunkBlob& blob, uint64_t wanted) { return blob.id < wanted; });
  return it != chunks.end() && it->id == id ? &*it : nullptr;
}

Result<BlobSet> SortBlobs(std::span<const Blob> blobs) {
  constexpr Status kTwice =
      kError<StatusCode::kInvalidArgument, "storage gave one blob name twice">;
  BlobSet set;
  for (const Blob& blob : blobs) {
    if (std::optional<ByteView>* place = FixedPlace(set, blob.name)) {
      if (place->has_value()) return kTwice;
      *place = blob.bytes;
    } else if (const std::optional<uint64_t> id = ParseChunkName(blob.name)) {
      set.chunks.push_back({*id, blob.bytes});
    } else {
      ++set.foreign;
    }
  }
  StableSort(set.chunks, [](const ChunkBlob& a, const ChunkBlob& b) { return a.id < b.id; });
  for (size_t i = 1; i < set.chunks.size(); ++i) {
    if (set.chunks[i - 1].id == set.chunks[i].id) return kTwice;
  }
  return set;
}

}  // namespace baya::vault
