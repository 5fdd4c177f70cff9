// Global Privacy Control: navigator.globalPrivacyControl, or the header Sec-GPC: 1.
//
// Source: W3C Global Privacy Control. It asks that data be neither sold nor shared, so it closes
// what leaves the device for somebody else's use. Ranking on the device is left to the banner.
#pragma once

#include "consent/purpose.h"
#include "consent/signal.h"

namespace baya::consent {

// `asserted` is true only for the value true or "1"; a browser without the feature asserts nothing.
constexpr Vote GlobalPrivacyControlVote(bool asserted, Purpose purpose) {
  const bool leaves =
      purpose == Purpose::kMeasure || purpose == Purpose::kTrain || IsPartner(purpose);
  return asserted && leaves ? Vote::kDeny : Vote::kSilent;
}

}  // namespace baya::consent
