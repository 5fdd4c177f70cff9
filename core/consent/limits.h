// Every size this room puts a bound on.
#pragma once

#include <cstddef>
#include <cstdint>

namespace baya::consent {

// The six fixed purposes and as many partners as a person could still read a list of.
inline constexpr size_t kMaxDeclaredPurposes = 64;

// The six fixed purposes and 256 partners.
inline constexpr size_t kMaxReceiptEntries = 262;

// A choice a day for eleven years; a page that flips a switch in a loop ends here.
inline constexpr size_t kMaxReceipts = 4096;

// "partner:255", "shelf:home", a rule's name: what the My data page prints on one line.
inline constexpr size_t kMaxCallerBytes = 32;

// 4,096 entries of some 30 bytes each are 120 KiB: 256 days of one caller doing one thing in
// each of sixteen hours a day. The oldest go first.
inline constexpr size_t kMaxAccessEntries = 4096;

// Callers that make up names cannot push the rest out: past this, an hour's new entries are
// counted under the caller "other", one for each purpose and operation that go together (at most
// a few hundred more).
inline constexpr size_t kMaxAccessEntriesPerHour = 256;

inline constexpr int64_t kHourMs = 3'600'000;

}  // namespace baya::consent
