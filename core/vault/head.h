// The head: which chunks make up the vault, and what is known to be gone
// (core/docs/formats/vault.md §8).
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "vault/plaintext.h"

namespace baya::vault {

enum class ChunkType : uint8_t { kLog = 1, kSnapshot = 2 };

struct ListedChunk {
  uint64_t id = 0;
  uint32_t key_id = 0;
  ChunkType type = ChunkType::kLog;
  uint64_t first_sequence = 0;
  uint32_t span = 0;
  uint32_t records = 0;

  friend bool operator==(const ListedChunk&, const ListedChunk&) = default;
};

enum class GapReason : uint8_t { kDestroyed = 1, kDamaged = 2 };

// Sequences of which `records` are gone; others between the two may be there.
struct Gap {
  uint64_t first_sequence = 0;
  uint64_t last_sequence = 0;
  uint32_t records = 0;
  GapReason reason = GapReason::kDestroyed;

  friend bool operator==(const Gap&, const Gap&) = default;
};

// Adds a gap, joined with those of the same reason that it overlaps or touches; keeps `gaps`
// ascending and at most kMaxGaps long.
void AddGap(std::vector<Gap>& gaps, const Gap& gap);

struct Head {
  uint64_t generation = 0;
  uint32_t epoch = 0;
  uint64_t next_sequence = 1;
  uint64_t keys_generation = 0;
  bool rotation_owed = false;
  std::vector<ListedChunk> chunks;
  std::vector<Gap> gaps;
};

Plaintext EncodeHead(const Head& head);

// Errors: kInvalidArgument (not a head).
Result<Head> DecodeHead(ByteView content);

}  // namespace baya::vault
