// Why a request or a report is refused, in the protocol's own words.
//
// Source: draft-ietf-ppm-dap-18, "Errors" and "Basic Type Definitions".
#pragma once

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "base/status.h"

namespace baya::dap {

// Of one report; the byte on the wire. A peer may send a number that is not here.
enum class ReportError : uint8_t {
  kReserved = 0,
  kBatchCollected = 1,
  kReportReplayed = 2,
  kReportDropped = 3,
  kHpkeUnknownConfigId = 4,
  kHpkeDecryptError = 5,
  kVdafVerifyError = 6,
  kTaskExpired = 7,
  kInvalidMessage = 8,
  kReportTooEarly = 9,
  kTaskNotStarted = 10,
  kOutdatedConfig = 11,
};

// Of a whole request. Those that depend on what is stored (kUnrecognizedTask,
// kUnrecognizedAggregationJob, kBatchOverlap) are the caller's to give.
enum class ProblemType : uint8_t {
  kInvalidMessage,
  kUnrecognizedTask,
  kUnrecognizedAggregationJob,
  kBatchInvalid,
  kInvalidBatchSize,
  kInvalidAggregationParameter,
  kBatchMismatch,
  kStepMismatch,
  kBatchOverlap,
  kUnsupportedExtension,
  kInvalidExtension,
};

// The "type" member of a problem document (RFC 9457), e.g.
// "urn:ietf:params:ppm:dap:error:invalidMessage".
std::string_view ProblemUrn(ProblemType type);

// A value, or the protocol's word for why there is none.
template <typename T, typename Error>
class [[nodiscard]] Outcome {
 public:
  Outcome(Error error) : error_(error) {}
  Outcome(T value) : value_(std::move(value)) {}

  bool ok() const { return value_.has_value(); }

  // REQUIRES: ok(); aborts otherwise.
  T& operator*() {
    if (!value_) std::abort();
    return *value_;
  }
  const T& operator*() const {
    if (!value_) std::abort();
    return *value_;
  }
  T* operator->() { return &**this; }
  const T* operator->() const { return &**this; }

  // REQUIRES: !ok(); aborts otherwise.
  Error error() const {
    if (value_) std::abort();
    return error_;
  }

 private:
  Error error_{};
  std::optional<T> value_;
};

template <typename T>
using OfReport = Outcome<T, ReportError>;
template <typename T>
using OfRequest = Outcome<T, ProblemType>;

}  // namespace baya::dap
