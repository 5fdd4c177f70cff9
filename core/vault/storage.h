// What the vault asks of the storage beneath it: named blobs, changed in atomic batches.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace baya::vault {

struct Blob {
  std::string name;
  Bytes bytes;
};

// What must hold of one blob before a batch is applied, checked in the same transaction: it begins
// with one of these, or, where one of them is nothing, it is absent.
struct Expectation {
  std::string name;
  std::vector<std::optional<Bytes>> any_of;
};

// Whether `blob` (null: absent) is as expected.
bool Meets(const Expectation& expectation, const Bytes* blob);

// One change of the store. The host
//
// (1) checks all expectations and applies all puts and deletes in one transaction, or nothing;
// (2) once the transaction is durable and `rotates` is set, destroys every slot secret but the one
//     of `epoch`, so that it cannot be brought back;
// (3) answers with Vault::Confirm, or with Vault::Fail when the transaction did not go through or
//     when that is not known. kAborted says that an expectation did not hold.
//
// A put replaces. Deleting what is not there is fine.
struct StorageBatch {
  uint64_t id = 0;  // also the generation that the store has afterwards
  std::vector<Expectation> expects;
  std::vector<Blob> puts;
  std::vector<std::string> deletes;
  uint32_t epoch = 0;    // the number of the slot secret that opens the store afterwards
  bool rotates = false;  // that number is new with this batch
};

// The names a vault uses (core/docs/formats/vault.md §3).
inline constexpr std::string_view kSlotsNames[2] = {"slots0", "slots1"};
inline constexpr std::string_view kKeysNames[2] = {"keys0", "keys1"};
inline constexpr std::string_view kHeadNames[2] = {"head0", "head1"};

std::string ChunkName(uint64_t id);

// The id in a chunk's name; nothing for any other name.
std::optional<uint64_t> ParseChunkName(std::string_view name);

}  // namespace baya::vault
