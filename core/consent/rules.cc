#include "consent/rules.h"

#include <array>

namespace baya::consent {
namespace {

using Rule = std::optional<Reason> (*)(const Facts&);

// In the order in which a person would want to hear of them.
constexpr std::array<Rule, 5> kGrantRules = {RuleDeclared, RuleDenied, RuleHeld, RuleGranted,
                                             RuleStore};
constexpr std::array<Rule, 4> kUseRules = {RuleRecorded, RuleText, RuleAge, RulePause};

}  // namespace

std::optional<Reason> WhyNotGranted(const Facts& facts) {
  for (const Rule rule : kGrantRules) {
    if (const std::optional<Reason> reason = rule(facts)) return reason;
  }
  return std::nullopt;
}

Reason WhyClosed(const Facts& facts) {
  if (const std::optional<Reason> reason = WhyNotGranted(facts)) return *reason;
  for (const Rule rule : kUseRules) {
    if (const std::optional<Reason> reason = rule(facts)) return *reason;
  }
  return Reason::kOpen;
}

std::string_view ReasonName(Reason reason) {
  switch (reason) {
    case Reason::kOpen:
      return "open";
    case Reason::kNotDeclared:
      return "not_declared";
    case Reason::kRefused:
      return "refused";
    case Reason::kGlobalPrivacyControl:
      return "global_privacy_control";
    case Reason::kConsentModeDenied:
      return "consent_mode_denied";
    case Reason::kHeld:
      return "held";
    case Reason::kNotGranted:
      return "not_granted";
    case Reason::kTextChanged:
      return "text_changed";
    case Reason::kExpired:
      return "expired";
    case Reason::kNeedsStore:
      return "needs_store";
    case Reason::kPaused:
      return "paused";
  }
  return "unknown";
}

}  // namespace baya::consent
