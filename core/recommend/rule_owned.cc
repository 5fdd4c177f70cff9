// Who has a thing needs no second one, unless it is used up.
#include "recommend/rules.h"

namespace baya::recommend {

std::optional<Withheld> RuleOwned(const Candidate& candidate, const ShelfRequest& request) {
  if (candidate.state.order_count == 0 || request.bought == Bought::kShow) return std::nullopt;
  const bool used_up = candidate.shop.catalogue.flags(candidate.item) & pack::kReplenishable;
  if (used_up && request.bought == Bought::kReplenishable) return std::nullopt;
  return Withheld::kOwned;
}

}  // namespace baya::recommend
