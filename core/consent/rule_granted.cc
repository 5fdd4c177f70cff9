// Deny by default: silence grants nothing, and an earlier grant counts only while its source
// still stands by it.
#include "consent/rules.h"

namespace baya::consent {

std::optional<Reason> RuleGranted(const Facts& facts) {
  for (const SourceVote& vote : facts.votes) {
    if (vote.vote == Vote::kGrant) return std::nullopt;
  }
  return Reason::kNotGranted;
}

}  // namespace baya::consent
