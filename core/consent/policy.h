// What the site says it wants consent for, from its plan.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/status.h"
#include "consent/purpose.h"

namespace baya::consent {

// SHA-256 of the consent text in the exact bytes and language shown. All zeros: the text was a
// consent platform's own and is not known here.
using TextHash = std::array<uint8_t, 32>;

struct DeclaredPurpose {
  Purpose purpose;
  TextHash text;           // the current text, not zeros; a grant to another is asked for again
  int64_t max_age_ms = 0;  // a grant older than this is asked for again; 0: no such limit
};

struct Policy {
  // At most kMaxDeclaredPurposes, each once. A purpose that is not here stays closed.
  std::vector<DeclaredPurpose> purposes;
  // Without `store`, a session may run in memory.
  bool memory_only_session = false;
};

// kInvalidArgument, or kResourceExhausted past the limit.
Status ValidatePolicy(const Policy& policy);

// Null when the site does not declare it.
const DeclaredPurpose* FindDeclared(const Policy& policy, Purpose purpose);

}  // namespace baya::consent
