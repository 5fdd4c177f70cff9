// Why an event was not taken in. The reason is a number; nothing of the event is in it.
#pragma once

#include <cstdint>
#include <string_view>

namespace baya::profile {

// Stable: shown to the site's developer and counted.
enum class Reject : uint8_t {
  kNone = 0,
  kMalformed = 1,        // not a call record
  kTooLarge = 2,         // over a size limit as a whole
  kUnknownEvent = 3,     // no vocabulary knows the name
  kBadMessageId = 4,     // empty, too long or not printable ASCII
  kMissingField = 5,     // a field the kind cannot do without
  kFieldNotPlanned = 6,  // such a field, and the site's plan does not name it
  kWrongType = 7,        // a number where text belongs, an array where an object does
  kBadText = 8,          // too long, or with control characters
  kBadQuantity = 9,      // not a whole number in [1, kMaxQuantity]
  kBadPrice = 10,        // negative, not a number or too large
  kBadCurrency = 11,     // not three capital letters
  kTooMany = 12,         // items or traits
  kFromTheFuture = 13,   // by more than kMaxFutureMs
  kTooOld = 14,          // past the plan's retention
};

// In snake case.
std::string_view RejectName(Reject reject);

}  // namespace baya::profile
