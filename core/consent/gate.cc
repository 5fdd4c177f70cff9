#include "consent/gate.h"

namespace baya::consent {
namespace {

Status Refusal(Reason reason) {
  switch (reason) {
    case Reason::kOpen:
      break;
    case Reason::kNotDeclared:
      return kError<StatusCode::kPermissionDenied, "the site's plan does not declare this purpose">;
    case Reason::kRefused:
      return kError<StatusCode::kPermissionDenied, "the person refused this purpose">;
    case Reason::kGlobalPrivacyControl:
      return kError<StatusCode::kPermissionDenied, "Global Privacy Control closes this purpose">;
    case Reason::kConsentModeDenied:
      return kError<StatusCode::kPermissionDenied, "the consent platform reports a refusal">;
    case Reason::kHeld:
      return kError<StatusCode::kPermissionDenied,
                    "the consent platform has reported no choice yet">;
    case Reason::kNotGranted:
      return kError<StatusCode::kPermissionDenied, "nobody has granted this purpose">;
    case Reason::kTextChanged:
      return kError<StatusCode::kPermissionDenied, "the consent text has changed; ask again">;
    case Reason::kExpired:
      return kError<StatusCode::kPermissionDenied, "the consent is too old; ask again">;
    case Reason::kNeedsStore:
      return kError<StatusCode::kPermissionDenied, "this purpose needs the purpose store">;
    case Reason::kPaused:
      return kError<StatusCode::kPermissionDenied, "the person has paused every use">;
  }
  return kError<StatusCode::kInternal, "a refusal without a reason">;
}

}  // namespace

Result<Use> Gate::Check(Purpose purpose, Operation operation, std::string_view caller,
                        int64_t now_ms) {
  if (!IsPurpose(purpose)) {
    return kError<StatusCode::kInvalidArgument, "there is no such purpose">;
  }
  if (!IsOperation(operation)) {
    return kError<StatusCode::kInvalidArgument, "there is no such operation">;
  }
  if (!IsCaller(caller)) {
    return kError<StatusCode::kInvalidArgument,
                  "a caller is 1 to 32 of a-z, 0-9, colon, dot, underscore and hyphen">;
  }
  Result<Use> use = Decide(purpose, operation, caller, now_ms);
  log_->Count(caller, purpose, operation, now_ms, use.ok());
  return use;
}

Result<Use> Gate::Decide(Purpose purpose, Operation operation, std::string_view caller,
                         int64_t now_ms) const {
  if (!Covers(purpose, operation)) {
    return kError<StatusCode::kInvalidArgument, "this purpose does not cover this operation">;
  }
  const Decision decision = consent_->Decide(purpose, now_ms);
  if (IsOwnRight(operation)) {
    if (caller != kPerson) {
      return kError<StatusCode::kPermissionDenied, "only the person may ask for this">;
    }
    if (!consent_->MayHoldData()) return Refusal(decision.reason);
    return Use(purpose, operation, now_ms, !consent_->MayKeepData());
  }
  if (operation == Operation::kKeep && consent_->MayKeepData()) {
    return Use(purpose, operation, now_ms, /*memory_only=*/false);
  }
  if (!decision.open()) return Refusal(decision.reason);
  const bool needs_store = operation == Operation::kIngest && purpose == Purpose::kPersonalize;
  if (needs_store && !decision.memory_only) {
    return kError<StatusCode::kPermissionDenied, "with a vault, events come in for store">;
  }
  return Use(purpose, operation, now_ms, decision.memory_only);
}

}  // namespace baya::consent
