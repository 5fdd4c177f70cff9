// From the bytes of a call to an event that may be stored, or to the quarantine.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "consent/gate.h"
#include "profile/data_plan.h"
#include "profile/event.h"
#include "profile/reject.h"

namespace baya::profile {

struct Quarantined {
  Reject reject;
  EventKind kind;  // 0 when the call was too broken or strange to have one
  int64_t hour;    // since 1970, of arrival
};

// What came in and did not pass, without any of it. Lives for a session.
class Quarantine {
 public:
  void Add(Reject reject, EventKind kind, int64_t now_ms);

  // The newest kMaxQuarantine, oldest first.
  const std::vector<Quarantined>& entries() const { return entries_; }
  // Of the whole session.
  uint64_t CountOf(Reject reject) const;

 private:
  std::vector<Quarantined> entries_;
  std::map<Reject, uint64_t> counts_;
};

struct Taken {
  Reject reject = Reject::kNone;
  Event event;  // valid when reject is kNone
};

class Intake {
 public:
  // Errors: those of ValidatePlan.
  static Result<Intake> Create(DataPlan plan);

  // One call record. A call that does not pass is counted in the quarantine, and fields outside
  // the plan are left out and counted; neither is an error. The same `use` then goes on to
  // Profile::Add. kInvalidArgument: not a use for ingesting.
  Result<Taken> Take(const consent::Use& use, ByteView record);

  // An act of the person on the My data page: a correction, a like. Its message id, time and
  // source are set here. kInvalidArgument: the event is not valid.
  Result<Event> TakeFromPerson(const consent::Use& use, Event event, std::string message_id);

  const Quarantine& quarantine() const { return quarantine_; }
  // How often each field was left out; at most about eighty names, from fixed lists.
  const std::map<std::string, uint64_t>& refused_fields() const { return refused_fields_; }

 private:
  explicit Intake(DataPlan plan) : plan_(std::move(plan)) {}

  Taken Read(ByteView record, int64_t now_ms);

  DataPlan plan_;
  Quarantine quarantine_;
  std::map<std::string, uint64_t> refused_fields_;
};

}  // namespace baya::profile
