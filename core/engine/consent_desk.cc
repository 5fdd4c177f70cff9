#include "engine/consent_desk.h"

#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "consent/refusal.h"

namespace baya::engine {

using consent::Change;
using consent::Consent;
using consent::Purpose;

Result<Consent> ConsentDesk::MakeConsent() const {
  BAYA_ASSIGN_OR_RETURN(auto&& consent, Consent::Create(plan_.policy));
  if (!refusal_.empty()) BAYA_RETURN_IF_ERROR(consent.LoadRefusal(AsBytes(refusal_)));
  consent.SetPaused(paused_);
  return consent;
}

Result<std::vector<Change>> ConsentDesk::SetPlan(const SitePlan& plan) {
  std::vector<Bytes> receipts;
  if (consent_) receipts = consent_->receipts();
  plan_ = plan;
  declared_.clear();
  for (const consent::DeclaredPurpose& declared : plan.policy.purposes) {
    declared_.push_back(declared.purpose);
  }
  StableSort(declared_);
  bool chain_broken = false;
  return Restart(receipts, chain_broken);
}

Result<std::vector<Change>> ConsentDesk::Restart(std::span<const Bytes> receipts,
                                                 bool& chain_broken) {
  chain_broken = false;
  BAYA_ASSIGN_OR_RETURN(auto&& fresh, MakeConsent());
  for (const Bytes& receipt : receipts) {
    if (fresh.LoadReceipt(receipt).ok()) continue;
    chain_broken = true;
    BAYA_ASSIGN_OR_RETURN(fresh, MakeConsent());
    break;
  }
  consent_ = std::move(fresh);
  if (!gate_) gate_.emplace(&*consent_, &access_log_);
  return heard_.Replay(*consent_, host_.NowMs());
}

bool ConsentDesk::HearRefusal(ByteView record) {
  if (!consent_->LoadRefusal(record).ok()) return false;
  refusal_ = AsText(record);
  return true;
}

Result<Change> ConsentDesk::Choose(std::span<const consent::BannerChoice> choices) {
  BAYA_ASSIGN_OR_RETURN(auto&& change, consent_->Choose(choices, host_.NowMs()));
  if (change.remove_refusal) refusal_.clear();
  if (change.write_refusal) refusal_ = *change.write_refusal;
  return change;
}

Result<Change> ConsentDesk::HearGlobalPrivacyControl(bool asserted) {
  heard_.SetGlobalPrivacyControl(asserted);
  return consent_->HearGlobalPrivacyControl(asserted, host_.NowMs());
}

Result<Change> ConsentDesk::HearConsentMode(consent::ConsentMode::Command command,
                                            std::string_view key, bool granted) {
  BAYA_RETURN_IF_ERROR(heard_.SetConsentMode(command, key, granted));
  const consent::ConsentModeValue value{key, granted ? "granted" : "denied"};
  BAYA_ASSIGN_OR_RETURN(auto&& change,
                        consent_->HearConsentMode(command, {&value, 1}, host_.NowMs()));
  if (change.remove_refusal) refusal_.clear();
  return change;
}

Result<Change> ConsentDesk::RefuseAll() {
  std::vector<consent::BannerChoice> choices;
  for (const Purpose purpose : declared_) choices.push_back({purpose, false, {}});
  return Choose(choices);
}

void ConsentDesk::SetPaused(bool paused) {
  paused_ = paused;
  consent_->SetPaused(paused);
}

Result<consent::Use> ConsentDesk::Check(Purpose purpose, consent::Operation operation,
                                        std::string_view caller) {
  used_ = used_ || caller != kEngineCaller;
  return gate_->Check(purpose, operation, caller, host_.NowMs());
}

consent::Decision ConsentDesk::Decide(Purpose purpose) const {
  return consent_->Decide(purpose, host_.NowMs());
}

bool ConsentDesk::ShouldAsk() const { return consent_->ShouldAsk(host_.NowMs()); }

bool ConsentDesk::TakeUsed() { return std::exchange(used_, false); }

}  // namespace baya::engine
