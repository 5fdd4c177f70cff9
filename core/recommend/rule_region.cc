// An item that names regions is sold in those alone; one that names none, everywhere.
#include "recommend/rules.h"

namespace baya::recommend {

std::optional<Withheld> RuleRegion(const Candidate& candidate, const ShelfRequest& request) {
  const pack::Attributes& attributes = candidate.shop.attributes;
  std::optional<Withheld> withheld;
  for (const AttributeId attribute : attributes.of(candidate.item)) {
    if (attributes.kind(attribute) != pack::AttributeKind::kRegion) continue;
    if (attribute == request.region) return std::nullopt;
    withheld = Withheld::kRegion;
  }
  return withheld;
}

}  // namespace baya::recommend
