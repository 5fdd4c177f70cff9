// Reports that were made and wait to be sent. Encrypted to the aggregators already; kept in the
// vault under `measure`, so that withdrawing the consent destroys them.
//
// Stored bytes: core/docs/formats/reports.md §2.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "consent/gate.h"

namespace baya::measure {

inline constexpr size_t kReportIdBytes = 16;
using ReportId = std::array<uint8_t, kReportIdBytes>;

struct WaitingReport {
  ReportId id{};
  int64_t made_ms = 0;
  int64_t due_ms = 0;     // not before
  std::string url;        // where it is POSTed
  Bytes body;             // the same at every try
  uint64_t sequence = 0;  // of the vault's record that is durable with it; not part of the bytes
};

class ReportQueue {
 public:
  const std::vector<WaitingReport>& reports() const { return reports_; }
  bool full() const;

  // REQUIRES: !full().
  void Add(WaitingReport report) { reports_.push_back(std::move(report)); }
  // Whether it was there.
  bool Remove(const ReportId& id);

  // Those due at the time of the use and durable: with a sequence below `durable_end`.
  // `use`: kMeasure, else kInvalidArgument.
  Result<std::vector<const WaitingReport*>> Due(consent::Use use, uint64_t durable_end) const;
  // When the next one is due; nothing waits: 0.
  int64_t NextDueMs() const;

  // Errors: kInvalidArgument for what Encode does not give, kUnimplemented for a later version.
  Result<Bytes> Encode() const;
  static Result<ReportQueue> Decode(ByteView bytes);

 private:
  std::vector<WaitingReport> reports_;
};

}  // namespace baya::measure
