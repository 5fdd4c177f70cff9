// Every size this room puts a bound on.
#pragma once

#include <cstddef>
#include <cstdint>

namespace baya::engine {

// Consent Mode v2 has seven keys; defaults and updates of each, and room for what comes.
inline constexpr size_t kMaxConsentModeKeys = 32;
inline constexpr size_t kMaxConsentModeKeyBytes = 64;

// One ingest: a page that was offline for a day. A batch is answered as a whole.
inline constexpr size_t kMaxEventsPerIngest = 1'000;

// What recommend may leave out: a whole page of other shelves.
inline constexpr size_t kMaxExcluded = 1'000;

inline constexpr size_t kMaxReasonsShown = 3;

// The newest dealings that rank a shelf. The profile keeps 20,000 events, most of one item.
inline constexpr size_t kMaxRankedInteractions = 20'000;

// Counts of uses are written at most so often, so that ranking a shelf does not write each time.
inline constexpr int64_t kLedgerEveryMs = 60'000;

inline constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

// A clock that jumps further between two looks is doubted. A month, as retention is told in:
// whoever comes that often is never doubted, and it is under a tenth of the default retention.
inline constexpr int64_t kMaxJumpMs = 31 * kDayMs;
// A clock set wrong for an afternoon, or by an update, is mostly right again the next day.
inline constexpr int64_t kMinAgreeMs = kDayMs;

// Events that limits have pushed out of the profile wait in the log until so many are there: taking
// them out rewrites it.
inline constexpr size_t kMaxIdleRecords = 1'000;

// Random bytes that shelves without a vault are seeded with: as many as a vault's id has.
inline constexpr size_t kSessionSeedBytes = 16;

// Random bytes in the message id of what the person does on the My data page: 96 bits, as in a
// GCM nonce; among 20,000 events two are the same once in 10^20.
inline constexpr size_t kPersonIdBytes = 12;

}  // namespace baya::engine
