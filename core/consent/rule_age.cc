// Consent ages. A clock that went back does not make it older.
#include "consent/rules.h"

namespace baya::consent {

std::optional<Reason> RuleAge(const Facts& facts) {
  if (facts.max_age_ms == 0 || facts.age_ms <= facts.max_age_ms) return std::nullopt;
  return Reason::kExpired;
}

}  // namespace baya::consent
