// Who has a thing needs no second one, unless it is used up, which takes a day at least: the
// catalogue or most customers say so of the item, or this person came back for it. (Without the
// last, devices that learned from more invoices did worse: tools/eval/README.md, "Protocol
// `replay`".)
#include "recommend/rules.h"

namespace baya::recommend {

std::optional<Withheld> RuleOwned(const Candidate& candidate, const ShelfRequest& request) {
  if (candidate.state.order_count == 0 || request.bought == Bought::kShow) return std::nullopt;
  const bool used_up =
      (candidate.shop.catalogue.flags(candidate.item) & pack::kReplenishable) != 0 ||
      candidate.order_days > 1;
  if (used_up && !candidate.ordered_today && request.bought == Bought::kReplenishable)
    return std::nullopt;
  return Withheld::kOwned;
}

}  // namespace baya::recommend
