#include <string>
#include <utility>

#include "codec/base64url.h"
#include "engine/device.h"
#include "engine/limits.h"
#include "engine/operations.h"
#include "engine/ops.h"
#include "profile/reject.h"

namespace baya::engine {
namespace {

using consent::Operation;
using consent::Purpose;

// Events come in for `store`; into a session that lives in memory alone, for `personalize`.
Purpose IngestPurpose(const ConsentDesk& desk) {
  return desk.Decide(Purpose::kPersonalize).memory_only ? Purpose::kPersonalize : Purpose::kStore;
}

Verdict VerdictOf(const Kept& kept) {
  return {.accepted = kept.reason.empty(), .sequence = kept.sequence, .reason = kept.reason};
}

Result<Verdict> IngestOne(Device& device, std::string_view caller, ByteView record) {
  ConsentDesk& desk = device.desk();
  BAYA_ASSIGN_OR_RETURN(auto&& use, desk.Check(IngestPurpose(desk), Operation::kIngest, caller));
  BAYA_ASSIGN_OR_RETURN(const profile::Taken& taken, device.intake().Take(use, record));
  if (taken.reject != profile::Reject::kNone) {
    return Verdict{.reason = profile::RejectName(taken.reject)};
  }
  BAYA_ASSIGN_OR_RETURN(const Kept& kept, device.Keep(std::move(use), taken.event));
  return VerdictOf(kept);
}

std::string PersonMessageId(Host& host) {
  Bytes random(kPersonIdBytes);
  host.FillRandom(random);
  return "person-" + codec::EncodeBase64Url(random);
}

Result<profile::Event> CorrectionEvent(const CorrectRequest& request) {
  if (request.action < 1 || request.action > 3) {
    return kError<StatusCode::kInvalidArgument, "a correction is 1, 2 or 3">;
  }
  profile::Event event;
  event.kind = profile::EventKind::kCorrection;
  event.correction = profile::Correction{static_cast<profile::CorrectionAction>(request.action),
                                         std::string(request.field), std::string(request.value)};
  BAYA_RETURN_IF_ERROR(profile::CheckCorrection(*event.correction));
  return event;
}

}  // namespace

Result<Bytes> Ingest(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const IngestRequest& decoded, DecodeIngestRequest(request));
  BAYA_RETURN_IF_ERROR(device.RequireWritable());
  if (decoded.events.size() > kMaxEventsPerIngest) {
    return kError<StatusCode::kResourceExhausted, "too many events at once">;
  }
  IngestReply reply;
  for (const ByteView record : decoded.events) {
    BAYA_ASSIGN_OR_RETURN(const Verdict& verdict, IngestOne(device, decoded.caller, record));
    reply.verdicts.push_back(verdict);
  }
  reply.store = device.State();
  return EncodeIngestReply(reply);
}

Result<Bytes> Correct(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const CorrectRequest& decoded, DecodeCorrectRequest(request));
  BAYA_RETURN_IF_ERROR(device.RequireWritable());
  BAYA_ASSIGN_OR_RETURN(
      auto&& use, device.desk().Check(Purpose::kStore, Operation::kCorrect, consent::kPerson));
  BAYA_ASSIGN_OR_RETURN(auto&& correction, CorrectionEvent(decoded));
  BAYA_ASSIGN_OR_RETURN(
      const profile::Event& event,
      device.intake().TakeFromPerson(use, std::move(correction), PersonMessageId(device.host())));
  BAYA_ASSIGN_OR_RETURN(const Kept& kept, device.Keep(std::move(use), event));
  return EncodeCorrectReply({.verdict = VerdictOf(kept), .store = device.State()});
}

}  // namespace baya::engine
