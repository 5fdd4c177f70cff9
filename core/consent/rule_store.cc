// Whatever needs a record that lasts needs `store`; the rest does too, unless the plan allows a
// session that lives in memory alone.
#include "consent/rules.h"

namespace baya::consent {

std::optional<Reason> RuleStore(const Facts& facts) {
  if (facts.purpose == Purpose::kStore || facts.store_recorded) return std::nullopt;
  if (facts.memory_only_session && WorksWithoutStore(facts.purpose)) return std::nullopt;
  return Reason::kNeedsStore;
}

}  // namespace baya::consent
