#include "profile/intake.h"

#include <algorithm>
#include <utility>

#include "consent/limits.h"
#include "profile/call.h"
#include "profile/limits.h"
#include "profile/vocabulary.h"

namespace baya::profile {
namespace {

Reject RejectFor(const Status& status) {
  return status.code() == StatusCode::kResourceExhausted ? Reject::kTooLarge : Reject::kMalformed;
}

// When the call was made, on our clock. Source: Segment, "Common Fields", timestamps: the time of
// receipt less what passed between making the call and sending it.
int64_t TimeOnOurClock(const Call& call, int64_t now_ms) {
  const int64_t skew_ms = now_ms - call.sent_ms;
  const bool agrees = skew_ms >= -kMaxSkewMs && skew_ms <= kMaxSkewMs;
  if (call.sent_ms == 0 || agrees) return call.time_ms;
  return call.time_ms + skew_ms;
}

Reject SetTime(const Call& call, int64_t now_ms, int64_t retention_ms, Event& event) {
  const int64_t time_ms = TimeOnOurClock(call, now_ms);
  if (time_ms > now_ms + kMaxFutureMs) return Reject::kFromTheFuture;
  if (time_ms < 0 || time_ms < now_ms - retention_ms) return Reject::kTooOld;
  event.time_ms = std::min(time_ms, now_ms);
  return Reject::kNone;
}

bool IsIngest(const consent::Use& use) { return use.operation() == consent::Operation::kIngest; }

constexpr Status kNotIngest =
    kError<StatusCode::kInvalidArgument, "this use is not for taking events in">;

}  // namespace

void Quarantine::Add(Reject reject, EventKind kind, int64_t now_ms) {
  ++counts_[reject];
  entries_.push_back({reject, kind, now_ms / consent::kHourMs});
  if (entries_.size() > kMaxQuarantine) entries_.erase(entries_.begin());
}

uint64_t Quarantine::CountOf(Reject reject) const {
  const auto count = counts_.find(reject);
  return count == counts_.end() ? 0 : count->second;
}

Result<Intake> Intake::Create(DataPlan plan) {
  BAYA_RETURN_IF_ERROR(ValidatePlan(plan));
  return Intake(std::move(plan));
}

Taken Intake::Read(ByteView record, int64_t now_ms) {
  Taken taken;
  const Result<Call> call = DecodeCall(record);
  if (!call.ok()) {
    taken.reject = RejectFor(call.status());
    return taken;
  }
  Translation translation = Translate(*call, plan_);
  for (const std::string_view name : translation.refused) ++refused_fields_[std::string(name)];
  taken.reject = translation.reject;
  taken.event = std::move(translation.event);
  if (taken.reject != Reject::kNone) return taken;
  taken.reject = SetTime(*call, now_ms, plan_.retention_ms, taken.event);
  if (taken.reject != Reject::kNone) return taken;
  const Result<Bytes> encoded = EncodeEvent(taken.event);
  if (!encoded.ok()) taken.reject = RejectFor(encoded.status());
  return taken;
}

Result<Taken> Intake::Take(const consent::Use& use, ByteView record) {
  if (!IsIngest(use)) return kNotIngest;
  Taken taken = Read(record, use.now_ms());
  if (taken.reject != Reject::kNone) {
    quarantine_.Add(taken.reject, taken.event.kind, use.now_ms());
    taken.event = Event();
  }
  return taken;
}

Result<Event> Intake::TakeFromPerson(const consent::Use& use, Event event, std::string message_id) {
  if (!IsIngest(use) && use.operation() != consent::Operation::kCorrect) return kNotIngest;
  event.source = EventSource::kPerson;
  event.message_id = std::move(message_id);
  event.time_ms = use.now_ms();
  BAYA_RETURN_IF_ERROR(ValidateEvent(event));
  return event;
}

}  // namespace baya::profile
