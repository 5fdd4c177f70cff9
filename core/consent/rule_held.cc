// A consent platform that is still waiting for its visitor holds a purpose closed, even where
// another signal grants it.
#include "consent/rules.h"

namespace baya::consent {

std::optional<Reason> RuleHeld(const Facts& facts) {
  for (const SourceVote& vote : facts.votes) {
    if (vote.vote == Vote::kHold) return Reason::kHeld;
  }
  return std::nullopt;
}

}  // namespace baya::consent
