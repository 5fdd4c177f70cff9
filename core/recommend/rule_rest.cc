// What was shown and left on several days rests for a while (exposure.h).
#include "recommend/rules.h"

namespace baya::recommend {

std::optional<Withheld> RuleRest(const Candidate& candidate, const ShelfRequest& request) {
  return candidate.rests && request.varied ? std::optional(Withheld::kResting) : std::nullopt;
}

}  // namespace baya::recommend
