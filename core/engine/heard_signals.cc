#include "engine/heard_signals.h"

#include "engine/limits.h"

namespace baya::engine {

using consent::ConsentMode;

Status HeardSignals::SetConsentMode(ConsentMode::Command command, std::string_view key,
                                    bool granted) {
  const std::pair<ConsentMode::Command, std::string> place(command, key);
  const bool is_new = consent_mode_.count(place) == 0;
  if (key.size() > kMaxConsentModeKeyBytes ||
      (is_new && consent_mode_.size() >= kMaxConsentModeKeys)) {
    return kError<StatusCode::kResourceExhausted, "consent mode has too many or too long keys">;
  }
  consent_mode_[place] = granted;
  return OkStatus();
}

Result<std::vector<consent::Change>> HeardSignals::Replay(consent::Consent& consent,
                                                          int64_t now_ms) const {
  std::vector<consent::Change> changes;
  for (const auto& [place, granted] : consent_mode_) {
    const consent::ConsentModeValue value{place.second, granted ? "granted" : "denied"};
    BAYA_ASSIGN_OR_RETURN(auto&& change, consent.HearConsentMode(place.first, {&value, 1}, now_ms));
    changes.push_back(std::move(change));
  }
  BAYA_ASSIGN_OR_RETURN(auto&& change,
                        consent.HearGlobalPrivacyControl(global_privacy_control_, now_ms));
  changes.push_back(std::move(change));
  return changes;
}

}  // namespace baya::engine
