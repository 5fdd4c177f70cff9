// Consent is to a text. When the text changes the purpose rests until the person is asked again;
// nothing is destroyed meanwhile.
#include "consent/rules.h"

namespace baya::consent {

std::optional<Reason> RuleText(const Facts& facts) {
  if (facts.text_is_current) return std::nullopt;
  return Reason::kTextChanged;
}

}  // namespace baya::consent
