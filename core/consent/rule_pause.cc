// The person may stop every use without giving anything up (GDPR article 18).
#include "consent/rules.h"

namespace baya::consent {

std::optional<Reason> RulePause(const Facts& facts) {
  if (!facts.paused) return std::nullopt;
  return Reason::kPaused;
}

}  // namespace baya::consent
