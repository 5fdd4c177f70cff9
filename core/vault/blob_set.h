// The blobs of a vault, by what their names say.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "vault/storage.h"

namespace baya::vault {

struct ChunkBlob {
  uint64_t id = 0;
  ByteView bytes;
};

// Borrows the blobs.
struct BlobSet {
  std::optional<ByteView> slots[2];
  std::optional<ByteView> keys[2];
  std::optional<ByteView> head[2];
  std::vector<ChunkBlob> chunks;  // ascending by id
  uint64_t foreign = 0;           // names that are not a vault's

  bool empty() const;
  const ChunkBlob* FindChunk(uint64_t id) const;  // null when there is none
};

// Errors: kInvalidArgument (a name twice).
Result<BlobSet> SortBlobs(std::span<const Blob> blobs);

}  // namespace baya::vault
