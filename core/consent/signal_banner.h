// The site's own banner and the switches of its My data page.
#pragma once

#include <cstdint>
#include <vector>

#include "consent/policy.h"
#include "consent/purpose.h"
#include "consent/signal.h"

namespace baya::consent {

struct BannerChoice {
  Purpose purpose;
  bool granted;
  TextHash text;  // of the text that was shown; not looked at in a refusal
};

// What the person last chose for each purpose they chose about. It lasts: the receipts of a vault
// or the refusal record bring it back.
class BannerMemory {
 public:
  void Set(Purpose purpose, bool granted);
  void Forget(Purpose purpose);
  // Whatever was not chosen about counts as refused.
  void RefuseTheRest() { refuse_the_rest_ = true; }
  void ForgetTheRest() { refuse_the_rest_ = false; }

  bool HasRefused(Purpose purpose) const { return VoteOn(purpose) == Vote::kDeny; }
  Vote VoteOn(Purpose purpose) const;

 private:
  struct Choice {
    Purpose purpose;
    bool granted;
  };
  std::vector<Choice> choices_;
  bool refuse_the_rest_ = false;
};

// Every purpose but `location`, which needs the browser's own permission.
constexpr bool BannerMayGrant(Purpose purpose) { return purpose != Purpose::kLocation; }

}  // namespace baya::consent
