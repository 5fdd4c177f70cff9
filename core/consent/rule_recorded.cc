// A grant takes effect when its receipt exists.
#include "consent/rules.h"

namespace baya::consent {

std::optional<Reason> RuleRecorded(const Facts& facts) {
  if (facts.recorded) return std::nullopt;
  return Reason::kNotGranted;
}

}  // namespace baya::consent
