// Google Consent Mode v2, as it stands in the page's data layer.
//
// Source: Google tag platform, "Set up consent mode on websites": gtag('consent', 'default' or
// 'update', {key: 'granted' or 'denied', ...}). Two of its keys speak of our purposes:
// personalization_storage of `store` and `personalize`, analytics_storage of `measure`.
//
// A default is what holds until the visitor chooses. So 'denied' there holds a purpose closed and
// 'granted' is no grant; `region` and `wait_for_update` are not looked at, which errs on the
// closed side. An update is the visitor's choice, and the last one counts.
#pragma once

#include <cstdint>
#include <string_view>

#include "consent/purpose.h"
#include "consent/signal.h"

namespace baya::consent {

class ConsentMode {
 public:
  enum class Command : uint8_t { kDefault, kUpdate };

  // Anything but "granted" counts as denied; a key without meaning here is ignored.
  void Apply(Command command, std::string_view key, std::string_view value);

  Vote VoteOn(Purpose purpose) const;

 private:
  struct Key {
    Vote default_vote = Vote::kSilent;
    Vote update_vote = Vote::kSilent;
  };
  const Key* KeyFor(Purpose purpose) const;

  Key personalization_storage_;
  Key analytics_storage_;
};

}  // namespace baya::consent
