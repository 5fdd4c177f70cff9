#include <utility>
#include <vector>

#include "consent/purpose.h"
#include "engine/consent_report.h"
#include "engine/device.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {
namespace {

using consent::BannerChoice;
using consent::ConsentMode;

Result<std::vector<BannerChoice>> ReadChoices(const SitePlan& plan, const SignalsRequest& request) {
  std::vector<BannerChoice> choices;
  const bool is_current = request.text_version.empty() || request.text_version == plan.text_version;
  for (const Choice& choice : request.choices) {
    BAYA_ASSIGN_OR_RETURN(const consent::Purpose purpose, consent::ParsePurpose(choice.purpose));
    if (choice.granted && !is_current) {
      return kError<StatusCode::kFailedPrecondition, "the text shown is not the current one">;
    }
    const consent::DeclaredPurpose* declared = consent::FindDeclared(plan.policy, purpose);
    const consent::TextHash text = declared == nullptr ? consent::TextHash{} : declared->text;
    choices.push_back({purpose, choice.granted, choice.granted ? text : consent::TextHash{}});
  }
  return choices;
}

}  // namespace

Result<Bytes> Start(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const StartRequest& decoded, DecodeStartRequest(request));
  BAYA_RETURN_IF_ERROR(device.Start(AsBytes(decoded.record)));
  const OwnedEffects effects = device.TakeEffects();
  return EncodeStartReply({.effects = effects.View()});
}

// What others say is heard before what the person chose: a grant that they override is not
// remembered, and one that only they opposed until now counts.
Result<Bytes> Signals(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const SignalsRequest& decoded, DecodeSignalsRequest(request));
  BAYA_RETURN_IF_ERROR(device.RequireSignals());
  ConsentDesk& desk = device.desk();
  BAYA_ASSIGN_OR_RETURN(const std::vector<BannerChoice>& choices,
                        ReadChoices(device.plan(), decoded));
  for (const ConsentModeSetting& setting : decoded.consent_mode) {
    const auto command =
        setting.update ? ConsentMode::Command::kUpdate : ConsentMode::Command::kDefault;
    BAYA_ASSIGN_OR_RETURN(const consent::Change& change,
                          desk.HearConsentMode(command, setting.key, setting.granted));
    BAYA_RETURN_IF_ERROR(device.CarryOut(change));
  }
  BAYA_ASSIGN_OR_RETURN(const consent::Change& heard,
                        desk.HearGlobalPrivacyControl(decoded.global_privacy_control));
  BAYA_RETURN_IF_ERROR(device.CarryOut(heard));
  if (!choices.empty()) {
    BAYA_ASSIGN_OR_RETURN(const consent::Change& chosen, desk.Choose(choices));
    BAYA_RETURN_IF_ERROR(device.CarryOut(chosen));
  }
  const ConsentReport report(desk);
  const OwnedEffects effects = device.TakeEffects();
  return EncodeSignalsReply(
      {.consent = report.View(), .effects = effects.View(), .store = device.State()});
}

Result<Bytes> ConsentStateNow(Device& device, ByteView request) {
  BAYA_RETURN_IF_ERROR(DecodeConsentStateRequest(request).status());
  BAYA_RETURN_IF_ERROR(device.RequireSignals());
  const ConsentReport report(device.desk());
  return EncodeConsentStateReply({.consent = report.View()});
}

Result<Bytes> Pause(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const PauseRequest& decoded, DecodePauseRequest(request));
  BAYA_RETURN_IF_ERROR(device.RequireWritable());
  device.desk().SetPaused(decoded.paused);
  if (device.store().Keeps()) BAYA_RETURN_IF_ERROR(device.WriteSettings());
  const ConsentReport report(device.desk());
  return EncodePauseReply({.consent = report.View(), .store = device.State()});
}

}  // namespace baya::engine
