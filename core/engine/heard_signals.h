// The signals that browsers and consent platforms gave in this session, to be heard again by a
// Consent that is made anew: from a vault that was opened, or for a new plan.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/status.h"
#include "consent/consent.h"

namespace baya::engine {

class HeardSignals {
 public:
  void SetGlobalPrivacyControl(bool asserted) { global_privacy_control_ = asserted; }
  bool global_privacy_control() const { return global_privacy_control_; }

  // kResourceExhausted past kMaxConsentModeKeys or for a longer key than kMaxConsentModeKeyBytes.
  Status SetConsentMode(consent::ConsentMode::Command command, std::string_view key, bool granted);

  // What changed by it.
  Result<std::vector<consent::Change>> Replay(consent::Consent& consent, int64_t now_ms) const;

 private:
  bool global_privacy_control_ = false;
  std::map<std::pair<consent::ConsentMode::Command, std::string>, bool> consent_mode_;
};

}  // namespace baya::engine
