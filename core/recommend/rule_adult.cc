// Things for adults appear where the page says that it has asked for the age.
#include "recommend/rules.h"

namespace baya::recommend {

std::optional<Withheld> RuleAdult(const Candidate& candidate, const ShelfRequest& request) {
  const bool adult = candidate.shop.catalogue.flags(candidate.item) & pack::kAdult;
  return adult && !request.adult ? std::optional(Withheld::kAdult) : std::nullopt;
}

}  // namespace baya::recommend
