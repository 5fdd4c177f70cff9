// A dislike takes the item off every shelf until the person changes their mind.
#include "recommend/rules.h"

namespace baya::recommend {

std::optional<Withheld> RuleDisliked(const Candidate& candidate, const ShelfRequest&) {
  if (candidate.state.opinion != Opinion::kDisliked) return std::nullopt;
  return Withheld::kDisliked;
}

}  // namespace baya::recommend
