// What cannot be bought is not recommended.
#include "recommend/rules.h"

namespace baya::recommend {

std::optional<Withheld> RuleStock(const Candidate& candidate, const ShelfRequest&) {
  const bool unavailable = candidate.shop.catalogue.flags(candidate.item) & pack::kUnavailable;
  return unavailable ? std::optional(Withheld::kUnavailable) : std::nullopt;
}

}  // namespace baya::recommend
