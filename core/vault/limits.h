// Sizes of the vault format and the limits it enforces (core/docs/formats/vault.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace baya::vault {

inline constexpr uint8_t kFormatVersion = 1;

inline constexpr size_t kKeyBytes = 32;  // of every key and of a slot secret
inline constexpr size_t kVaultIdBytes = 16;
using VaultId = std::array<uint8_t, kVaultIdBytes>;

// A record's payload stands behind a 16-bit length.
inline constexpr size_t kMaxRecordBytes = 65'535;

// Derived state of one purpose; the largest thing written as one value.
inline constexpr size_t kMaxSnapshotBytes = size_t{4} << 20;

// About 700 events of 190 bytes: opening 10,000 events takes 15 reads, and damage to one blob
// costs no more than that. At 100,000 events the head lists about 150 chunks in 4.5 KB.
inline constexpr size_t kMaxLogBytes = size_t{128} << 10;

// A snapshot with all that surrounds it, padded by at most 12 %, stays under this.
inline constexpr size_t kMaxBlobBytes = size_t{8} << 20;

// Plaintexts are padded to at least this, so that bursts of one or two events look alike.
inline constexpr size_t kMinPlaintextBytes = 512;

inline constexpr size_t kMaxPurposeBytes = 64;

// Ten years of weeks for thirty purposes.
inline constexpr size_t kMaxKeys = 16'384;

// What may wait in memory for storage that does not take it: 40,000 events of 190 bytes.
inline constexpr size_t kMaxUnsavedBytes = size_t{8} << 20;

// Gaps kept apart in the head; beyond that the two nearest in sequence become one.
inline constexpr size_t kMaxGaps = 1'024;

}  // namespace baya::vault
