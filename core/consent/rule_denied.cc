// The most protective signal wins: one denial outweighs every grant.
#include "consent/rules.h"

namespace baya::consent {

namespace {

Reason ReasonFor(Source source) {
  switch (source) {
    case Source::kBanner:
      return Reason::kRefused;
    case Source::kGlobalPrivacyControl:
      return Reason::kGlobalPrivacyControl;
    case Source::kConsentMode:
      return Reason::kConsentModeDenied;
  }
  return Reason::kRefused;
}

}  // namespace

std::optional<Reason> RuleDenied(const Facts& facts) {
  for (const SourceVote& vote : facts.votes) {
    if (vote.vote == Vote::kDeny) return ReasonFor(vote.source);
  }
  return std::nullopt;
}

}  // namespace baya::consent
