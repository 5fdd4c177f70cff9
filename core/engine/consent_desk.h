// Where signals of consent arrive and leave to use personal data is given.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/status.h"
#include "consent/access_log.h"
#include "consent/consent.h"
#include "consent/gate.h"
#include "engine/heard_signals.h"
#include "engine/site_plan.h"

namespace baya::engine {

// The caller of what the engine does to keep its own house.
inline constexpr std::string_view kEngineCaller = "engine";

class ConsentDesk {
 public:
  // `host` must outlive the desk.
  explicit ConsentDesk(Host& host) : host_(host) {}
  ConsentDesk(const ConsentDesk&) = delete;
  ConsentDesk& operator=(const ConsentDesk&) = delete;

  // REQUIRED before anything below: the plan that counts from now on. What was consented to and
  // heard stays. Returns what changes by it.
  Result<std::vector<consent::Change>> SetPlan(const SitePlan& plan);
  bool has_plan() const { return consent_.has_value(); }
  const SitePlan& plan() const { return plan_; }

  // Begins anew from the receipts of a vault and what was heard in this session. `chain_broken` is
  // set when they are no unbroken chain: then nothing is granted.
  Result<std::vector<consent::Change>> Restart(std::span<const Bytes> receipts, bool& chain_broken);

  // Whether `record`, found outside the vault, is a refusal; then it holds from now on.
  bool HearRefusal(ByteView record);

  Result<consent::Change> Choose(std::span<const consent::BannerChoice> choices);
  Result<consent::Change> HearGlobalPrivacyControl(bool asserted);
  Result<consent::Change> HearConsentMode(consent::ConsentMode::Command command,
                                          std::string_view key, bool granted);
  // A refusal of everything the plan declares.
  Result<consent::Change> RefuseAll();

  void SetPaused(bool paused);
  bool paused() const { return paused_; }

  // As consent::Gate.
  Result<consent::Use> Check(consent::Purpose purpose, consent::Operation operation,
                             std::string_view caller);

  const consent::Consent& consent() const { return *consent_; }
  // As consent::Consent, now.
  consent::Decision Decide(consent::Purpose purpose) const;
  bool ShouldAsk() const;
  // Ascending.
  const std::vector<consent::Purpose>& declared() const { return declared_; }

  consent::AccessLog& access_log() { return access_log_; }
  // Whether somebody but the engine has used data since this was last asked.
  bool TakeUsed();

 private:
  Result<consent::Consent> MakeConsent() const;

  Host& host_;
  SitePlan plan_;
  std::vector<consent::Purpose> declared_;
  std::optional<consent::Consent> consent_;
  consent::AccessLog access_log_;
  std::optional<consent::Gate> gate_;
  HeardSignals heard_;
  std::string refusal_;  // the record; empty: none holds
  bool paused_ = false;
  bool used_ = false;
};

}  // namespace baya::engine
