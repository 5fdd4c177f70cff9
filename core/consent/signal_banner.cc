#include "consent/signal_banner.h"

namespace baya::consent {

void BannerMemory::Set(Purpose purpose, bool granted) {
  Forget(purpose);
  choices_.push_back({purpose, granted});
}

void BannerMemory::Forget(Purpose purpose) {
  std::erase_if(choices_, [purpose](const Choice& choice) { return choice.purpose == purpose; });
}

Vote BannerMemory::VoteOn(Purpose purpose) const {
  for (const Choice& choice : choices_) {
    if (choice.purpose != purpose) continue;
    if (!choice.granted) return Vote::kDeny;
    return BannerMayGrant(purpose) ? Vote::kGrant : Vote::kSilent;
  }
  return refuse_the_rest_ ? Vote::kDeny : Vote::kSilent;
}

}  // namespace baya::consent
