// A site uses personal data only for purposes its plan names, whatever anybody granted.
#include "consent/rules.h"

namespace baya::consent {

std::optional<Reason> RuleDeclared(const Facts& facts) {
  if (facts.declared) return std::nullopt;
  return Reason::kNotDeclared;
}

}  // namespace baya::consent
