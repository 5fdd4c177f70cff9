// What left this device and what waits to leave it, for the person to read. Kept in the vault under
// `store`: what has left stays on record when `measure` is withdrawn.
//
// Stored bytes: core/docs/formats/reports.md §3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "measure/report_queue.h"

namespace baya::measure {

// Stored; numbers are never reused.
enum class ReportState : uint8_t {
  kWaiting = 1,
  kSent = 2,       // the leader took it
  kRefused = 3,    // the leader will not take it
  kWithdrawn = 4,  // deleted unsent, because the consent was withdrawn
  kGivenUp = 5,    // deleted unsent, after kMaxWaitMs
};

// "waiting", "sent", "refused", "withdrawn", "given_up".
std::string_view ReportStateName(ReportState state);

struct LogEntry {
  ReportId id{};
  ReportState state = ReportState::kWaiting;
  int64_t made_ms = 0;
  int64_t ended_ms = 0;  // when it came to a state other than kWaiting; else 0
  uint64_t epsilon_micro = 0;
  std::string title;  // of the task
  std::string label;  // of the bucket; empty when it was withdrawn
  std::string leader_url;
  std::string helper_url;
};

class ReportLog {
 public:
  // In the order they were made.
  const std::vector<LogEntry>& entries() const { return entries_; }

  // The oldest goes when there are kMaxLogEntries.
  void Add(LogEntry entry);
  // Of a report that waits; others stay as they are. Whether there was one.
  bool End(const ReportId& id, ReportState state, int64_t now_ms);
  // Every report that waits is withdrawn, and what it said forgotten. Whether there was one.
  bool WithdrawWaiting(int64_t now_ms);
  // Forgets what ended before `before_ms`. Whether anything did.
  bool Expire(int64_t before_ms);

  // Errors: kInvalidArgument for what Encode does not give, kUnimplemented for a later version.
  Result<Bytes> Encode() const;
  static Result<ReportLog> Decode(ByteView bytes);

 private:
  std::vector<LogEntry> entries_;
};

}  // namespace baya::measure
