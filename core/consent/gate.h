// The only way to personal data.
//
// Every function of a higher room that reads or changes personal data takes a Use by value. Only
// Gate::Check makes one, for one purpose and one operation, and counts it; it cannot be copied, so
// each use is checked and counted afresh.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "consent/access_log.h"
#include "consent/consent.h"
#include "consent/operation.h"
#include "consent/purpose.h"

namespace baya::consent {

class Use {
 public:
  Use(Use&&) = default;
  Use& operator=(Use&&) = default;
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

  Purpose purpose() const { return purpose_; }
  Operation operation() const { return operation_; }
  int64_t now_ms() const { return now_ms_; }
  // Nothing that comes of this use may be kept beyond the session.
  bool memory_only() const { return memory_only_; }

 private:
  friend class Gate;
  Use(Purpose purpose, Operation operation, int64_t now_ms, bool memory_only)
      : purpose_(purpose), operation_(operation), now_ms_(now_ms), memory_only_(memory_only) {}

  Purpose purpose_;
  Operation operation_;
  int64_t now_ms_;
  bool memory_only_;
};

// The caller of the person's own rights.
inline constexpr std::string_view kPerson = "person";

class Gate {
 public:
  // Both are borrowed and must outlive the gate.
  Gate(const Consent* consent, AccessLog* log) : consent_(consent), log_(log) {}

  // Leave to do `operation` for `purpose`, once and now. Counted in the access log, refusals too.
  //
  //   caller  who will use the data: "page", "shelf:home", "partner:7", kPerson
  //
  // kInvalidArgument: no such purpose, operation or caller (not counted), or the purpose does not
  // cover the operation. kPermissionDenied: closed; the message says why. The person's own rights
  // need kPerson and that something may be held, and then pass whatever is suspended or paused;
  // so does kKeep, which they cannot do without, while a grant of `store` is on record.
  Result<Use> Check(Purpose purpose, Operation operation, std::string_view caller, int64_t now_ms);

 private:
  Result<Use> Decide(Purpose purpose, Operation operation, std::string_view caller,
                     int64_t now_ms) const;

  const Consent* consent_;
  AccessLog* log_;
};

}  // namespace baya::consent
