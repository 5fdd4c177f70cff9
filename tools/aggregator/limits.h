// Every size and time the aggregator puts a bound on.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace baya::aggregator {

// Reports of one upload; a report of 512 buckets has about 10 KB.
inline constexpr size_t kMaxUploadReports = 100;
inline constexpr size_t kMaxUploadBytes = size_t{1} << 20;

// Reports of one aggregation job: with 512 buckets about 1 MB at the Helper, verified in a second.
inline constexpr int64_t kJobReports = 256;
inline constexpr size_t kMaxJobReports = 10'000;
inline constexpr size_t kMaxJobBytes = size_t{16} << 20;

// A Collector's query, alone or in a Leader's question for an aggregate share: of an interval it
// has some 50 bytes.
inline constexpr size_t kMaxQueryBytes = size_t{4} << 10;

// Reports that wait for the Helper: some 10 GB. While there are more, uploads are answered 503.
inline constexpr int64_t kMaxWaiting = 1'000'000;

// How often the Leader looks for work that nobody told it of, and how long it waits after the
// first and the last of several failures to reach the Helper.
inline constexpr std::chrono::milliseconds kIdle{1000};
inline constexpr std::chrono::seconds kAfterError{5};  // of our own database
inline constexpr std::chrono::milliseconds kFirstRetry{250};
inline constexpr std::chrono::milliseconds kLastRetry{30'000};

inline constexpr std::chrono::seconds kPeerTimeout{60};

// While the Helper says "not yet", nothing else is done for so long; then it is asked anew, later.
inline constexpr std::chrono::seconds kPeerPolls{10};

// Answers of the Helper to one question for a share that are none: the fifth comes after some four
// seconds, and a Helper that means well has stored its answer by then.
inline constexpr int kMaxNonsense = 5;

}  // namespace baya::aggregator
