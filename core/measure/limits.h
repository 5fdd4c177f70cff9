// Every size this room puts a bound on.
#pragma once

#include <cstddef>
#include <cstdint>

namespace baya::measure {

inline constexpr size_t kMaxTasks = 16;  // of one pack: more than a person would read
inline constexpr size_t kMaxNameBytes = 64;
inline constexpr size_t kMaxTitleBytes = 200;
inline constexpr size_t kMaxTextBytes = 2000;

// 512 labels and the texts above are 35,600 bytes of the 65,535 that a descriptor may have; a
// report of 512 buckets has about 10 KB.
inline constexpr size_t kMaxLabelBytes = 64;
inline constexpr size_t kMaxLabels = 512;

// W3C Attribution Level 1: fewer devices than this do not make an aggregate.
inline constexpr uint32_t kMinProductionBatch = 20;

// Less often than this a report is no beacon, and the log, with kMaxTasks of them a day, holds
// those of 26 days.
inline constexpr uint32_t kMinProductionPeriodS = 24 * 3600;

// Both aggregators read when a report was made: to the hour, which many devices share.
inline constexpr uint64_t kMinProductionPrecisionS = 3600;

// Ten times what is usual for one report, 1: above it noise hides nobody.
inline constexpr uint64_t kMaxEpsilonMicro = 10'000'000;

// What a ledger remembers of tasks: those of four packs, so that a new pack does not forget them.
inline constexpr size_t kMaxLedgerTasks = 64;

// Times past this are taken as this; twice as much is still below 2^63 in milliseconds.
inline constexpr uint64_t kLatestS = uint64_t{1} << 52;

// Reports that wait. A leader that does not answer for weeks stops them from being made.
inline constexpr size_t kMaxWaiting = 16;
// A report of 512 buckets has 10 KB.
inline constexpr size_t kMaxReportBytes = size_t{32} * 1024;
// After this a report that nobody took is given up: what it measured is past.
inline constexpr int64_t kMaxWaitMs = int64_t{28} * 24 * 3600 * 1000;

// Two tasks a week for four years. The oldest go first.
inline constexpr size_t kMaxLogEntries = 416;
inline constexpr size_t kMaxUrlBytes = 1024;

}  // namespace baya::measure
