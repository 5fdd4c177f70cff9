// Where in the vault the engine keeps what. Numbers are stored and never reused.
#pragma once

#include <cstdint>
#include <string_view>

namespace baya::engine {

// Everything is kept under the purpose that allows keeping it. Of what other purposes derive from
// it nothing is stored but the reports that wait to be sent.
inline constexpr std::string_view kStorePurpose = "store";
inline constexpr std::string_view kMeasurePurpose = "measure";

enum class RecordKind : uint8_t {
  kEvent = 1,    // core/docs/formats/event.md §2
  kReceipt = 2,  // core/docs/formats/consent.md §2

  kReportMade = 3,  // under `measure`: a report's id; durable when the report in the queue is
};

enum class SnapshotKind : uint8_t {
  kProfile = 1,    // core/docs/formats/event.md §3, without the events: they are records
  kAccessLog = 2,  // core/docs/formats/consent.md §3
  kSettings = 3,   // engine/settings.h

  // core/docs/formats/reports.md
  kLedger = 4,
  kReportLog = 5,
  kReportQueue = 6,  // under `measure`
};

}  // namespace baya::engine
