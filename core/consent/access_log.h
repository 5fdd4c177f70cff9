// Who used personal data for what: uses counted by hour, caller, purpose and operation.
//
// Record bytes: core/docs/formats/consent.md §3. A record holds whole counts, and the larger count
// wins when two are loaded, so that records may be loaded twice and in any order.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/status.h"
#include "consent/operation.h"
#include "consent/purpose.h"

namespace baya::consent {

// 1 to kMaxCallerBytes of a-z, 0-9 and : . _ -
bool IsCaller(std::string_view caller);

struct AccessKey {
  uint32_t hour;  // since 1970-01-01T00Z
  Purpose purpose;
  Operation operation;
  std::string caller;

  bool operator<(const AccessKey& other) const;
};

// Counts stop at 2^32 - 1.
struct AccessCount {
  uint32_t allowed = 0;
  uint32_t refused = 0;
  bool changed = false;  // since the last TakeChanges
};

class AccessLog {
 public:
  // REQUIRES: IsCaller(caller), IsPurpose(purpose), IsOperation(operation).
  void Count(std::string_view caller, Purpose purpose, Operation operation, int64_t now_ms,
             bool allowed);

  // Oldest first; at most kMaxAccessEntries, after which the oldest have gone.
  const std::map<AccessKey, AccessCount>& entries() const { return entries_; }

  // A record of what changed since the last call, for the vault under `store`; empty when nothing
  // did.
  Result<Bytes> TakeChanges();
  // A record of everything, for a snapshot.
  Result<Bytes> EncodeAll() const;
  // kInvalidArgument for anything the two above do not produce, kUnimplemented for a later
  // version; nothing is loaded then.
  Status Load(ByteView record);

  // Forgets what is older than `now_ms - keep_ms`.
  void Expire(int64_t now_ms, int64_t keep_ms);

 private:
  AccessCount& EntryFor(AccessKey key);
  bool HourIsFull(uint32_t hour) const;
  void Evict();

  std::map<AccessKey, AccessCount> entries_;
};

}  // namespace baya::consent
