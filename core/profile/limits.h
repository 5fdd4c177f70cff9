// Every size this room puts a bound on. Input past one is an error or quarantined, never cut.
#pragma once

#include <cstddef>
#include <cstdint>

namespace baya::profile {

// One call from the page: Segment's own limit for a message.
inline constexpr size_t kMaxCallBytes = size_t{32} * 1024;
inline constexpr size_t kMaxCallDepth = 4;  // properties.products[0].price is 3
inline constexpr size_t kMaxMembersPerObject = 64;

// One event as it is stored: what a 16-bit length can frame. A call of kMaxCallBytes fits with the
// few bytes that each of its items grows by.
inline constexpr size_t kMaxEventBytes = 65'535;

inline constexpr size_t kMaxItemsPerEvent = 200;  // as in Google Analytics 4
inline constexpr size_t kMaxTraitsPerEvent = 32;
inline constexpr size_t kMaxMessageIdBytes = 64;  // a UUID has 36
inline constexpr size_t kMaxIdBytes = 128;        // items, users, groups, orders, lists
inline constexpr size_t kMaxTextBytes = 255;      // one length byte: queries, categories, names
inline constexpr size_t kMaxTraitNameBytes = 64;
inline constexpr size_t kMaxTraitValueBytes = 1024;

inline constexpr uint32_t kMaxQuantity = 1'000'000;           // wholesale orders have 80,995
inline constexpr int64_t kMaxMinorUnits = 1'000'000'000'000;  // 10^12; 20,000 of them fit 63 bits

// A device's clock may run ahead of the one that reads it: the drift that hybrid logical clocks
// commonly allow.
inline constexpr int64_t kMaxFutureMs = int64_t{5} * 60 * 1000;
// Below this, the two clocks of one device agree and a call's time is taken as it is.
inline constexpr int64_t kMaxSkewMs = 60'000;

// 13 months, the longest that data protection authorities recommend for such data by default.
inline constexpr int64_t kDefaultRetentionMs = int64_t{395} * 24 * 3600 * 1000;

inline constexpr size_t kMaxPlannedFields = 256;
inline constexpr size_t kMaxQuarantine = 100;

// Fewer interactions than this infer nothing: of two, one accidental click is half.
inline constexpr uint32_t kMinEvidence = 3;

// How much one profile holds. The newest events stay.
//
// A snapshot of all of it stays below 4 MiB, the most that the vault keeps as one value: 2 MiB of
// events, 1,000 corrections of at most 1,362 bytes, and two bytes before each.
struct ProfileLimits {
  size_t max_events = 20'000;                  // fifty a day for 400 days
  size_t max_bytes = size_t{2} * 1024 * 1024;  // encoded; 20,000 events of 104 bytes
  size_t max_corrections = 1'000;              // kept apart: never pushed out and never expired
};

}  // namespace baya::profile
