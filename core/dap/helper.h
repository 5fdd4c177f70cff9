// The Helper's part: verifies reports with the Leader, gives its share of a batch.
//
// Source: draft-ietf-ppm-dap-18, "Helper Initialization" and "Obtaining Aggregate Shares".
//
//   aggregation  DecodeInitReq, then for each report Verify; what verified and may be committed is
//                committed, what may not be is turned into a reject (Reject); EncodeResp
//   collection   CheckAggregateShareReq, merge the buckets, CheckBatch, SealAggregateShare
//
// A request that is the same bytes as an earlier one gets that one's stored answer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "dap/aggregator.h"
#include "dap/errors.h"
#include "dap/messages.h"
#include "vdaf/prio3.h"

namespace baya::dap {

// A report that verified: the Helper is done with it once its out share is committed.
struct HelperStep {
  Time time = 0;
  SecretBytes out_share;
  VerifyResp response;  // "continue", with the ping-pong finish for the Leader
};

// What a Leader asks for when it collects.
struct AggregateShareRequest {
  Bytes collection_job_req;  // encoded, for SealAggregateShare
  Interval selector;         // the batch is every bucket in it
  uint64_t report_count = 0;
  Checksum checksum = {};
};

class Helper final : public Aggregator {
 public:
  // Errors: kInvalidArgument (a key of another size, a Collector that cannot be sealed to).
  static Result<Helper> Create(AggregatorParameters parameters);

  // kInvalidMessage: malformed, no report (an answer without one would read as "not ready"), an
  // id twice, extensions out of order, a verification key that is not ours.
  // kUnsupportedExtension: any extension; a time-interval task knows none.
  // kInvalidAggregationParameter: any that is not empty.
  OfRequest<std::vector<VerifyInit>> DecodeInitReq(ByteView body) const;

  //   keys   ours, past ones included
  //   now_s  seconds since 1970-01-01T00:00:00Z
  OfReport<HelperStep> Verify(const VerifyInit& verify_init, std::span<const HpkeKey> keys,
                              uint64_t now_s) const;

  static VerifyResp Reject(const ReportId& report_id, ReportError error);

  // One for each report of the request, in its order.
  Result<Bytes> EncodeResp(std::span<const VerifyResp> responses) const;

  // kBatchInvalid for a selector that is not in the query. A bucket that was collected before is
  // the caller's to refuse (kBatchOverlap), unless the request is the same bytes.
  OfRequest<AggregateShareRequest> CheckAggregateShareReq(ByteView body) const;

  // Nothing, or why our merged buckets are not the batch the Leader means (kBatchMismatch) or may
  // not be given (kInvalidBatchSize).
  std::optional<ProblemType> CheckBatch(const AggregateShareRequest& request,
                                        const BatchBucket& batch) const;

 private:
  Helper(AggregatorParameters parameters, std::unique_ptr<const vdaf::Prio3> vdaf)
      : Aggregator(Role::kHelper, std::move(parameters), std::move(vdaf)) {}
};

}  // namespace baya::dap
