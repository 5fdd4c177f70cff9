#include "consent/signal_consent_mode.h"

namespace baya::consent {

void ConsentMode::Apply(Command command, std::string_view key, std::string_view value) {
  Key* known = nullptr;
  if (key == "personalization_storage") known = &personalization_storage_;
  if (key == "analytics_storage") known = &analytics_storage_;
  if (known == nullptr) return;
  const bool granted = value == "granted";
  if (command == Command::kUpdate) {
    known->update_vote = granted ? Vote::kGrant : Vote::kDeny;
  } else {
    known->default_vote = granted ? Vote::kSilent : Vote::kHold;
  }
}

const ConsentMode::Key* ConsentMode::KeyFor(Purpose purpose) const {
  if (purpose == Purpose::kStore || purpose == Purpose::kPersonalize) {
    return &personalization_storage_;
  }
  return purpose == Purpose::kMeasure ? &analytics_storage_ : nullptr;
}

Vote ConsentMode::VoteOn(Purpose purpose) const {
  const Key* key = KeyFor(purpose);
  if (key == nullptr) return Vote::kSilent;
  return key->update_vote == Vote::kSilent ? key->default_vote : key->update_vote;
}

}  // namespace baya::consent
