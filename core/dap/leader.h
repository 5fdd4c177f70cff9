// The Leader's part: takes reports in, verifies them with the Helper, answers the Collector.
//
// Source: draft-ietf-ppm-dap-18, "Leader Behavior" (upload), "Leader Initialization", "Collection
// Job Initialization" and "Obtaining Aggregate Shares".
//
//   upload       DecodeUploadRequest, then for each report CheckUpload -> store, or an UploadErrors
//   aggregation  for each stored report Init, then EncodeInitReq -> POST to the Helper
//                its answer: DecodeResp, then for each report Continue -> Commit, or reject
//   collection   CheckCollectionJob, merge the buckets, CheckBatchSize, EncodeAggregateShareReq
//                -> POST to the Helper; SealAggregateShare, EncodeCollectionJobResp
//
// Init is a function of the stored report and the task alone: after a crash, the same reports in
// the same order make the same request again, and the states need not be stored.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "dap/aggregator.h"
#include "dap/errors.h"
#include "dap/messages.h"
#include "vdaf/prio3.h"

namespace baya::dap {

// A report whose Leader's share has been opened and checked.
struct StoredReport {
  ReportMetadata report_metadata;
  Bytes public_share;
  SecretBytes leader_input_share;
  HpkeCiphertext helper_encrypted_input_share;
};

// For storage, with a version byte of our own. Holds the Leader's share: to be scrubbed once the
// report is committed or rejected.
Result<SecretBytes> Encode(const StoredReport& report);
Result<StoredReport> DecodeStoredReport(ByteView bytes);

// What waits for the Helper's answer.
struct LeaderState {
  ReportId report_id = {};
  Time time = 0;
  SecretBytes verify_state;
};

struct LeaderStep {
  LeaderState state;
  VerifyInit verify_init;
};

class Leader final : public Aggregator {
 public:
  // Errors: kInvalidArgument (a key of another size, a Collector that cannot be sealed to).
  static Result<Leader> Create(AggregatorParameters parameters);

  // The reports of an upload, in order. kInvalidMessage for a malformed body.
  OfRequest<std::vector<Report>> DecodeUpload(ByteView body) const;

  // What to store of one uploaded report, or what its ReportUploadStatus says. Whether its id was
  // uploaded before (kReportReplayed) or its bucket collected (kReportReplayed too) is the
  // caller's to check.
  //
  //   keys   ours, past ones included
  //   now_s  seconds since 1970-01-01T00:00:00Z
  OfReport<StoredReport> CheckUpload(const Report& report, std::span<const HpkeKey> keys,
                                     uint64_t now_s) const;

  // kVdafVerifyError or kInvalidMessage: the report is rejected and the Helper never hears of it.
  OfReport<LeaderStep> Init(const StoredReport& report) const;

  // The body of a request with the given messages, in their order.
  Result<Bytes> EncodeInitReq(std::span<const VerifyInit> verify_inits) const;

  // The Helper's answer, of which ids and order are those of `states`. kDataLoss: it is not an
  // answer to that request, and the job must be abandoned; its reports may go into another.
  Result<std::vector<VerifyResp>> DecodeResp(ByteView body,
                                             std::span<const LeaderState> states) const;

  // The out share to commit, or why the report is rejected: for good, unless it is
  // kReportTooEarly.
  OfReport<SecretBytes> Continue(const LeaderState& state, const VerifyResp& response) const;

  // The interval that a CollectionJobReq asks for. The batch is every bucket in it; one that was
  // collected before is the caller's to refuse (kBatchOverlap).
  OfRequest<Interval> CheckCollectionJob(ByteView collection_job_req) const;

  bool IsLargeEnough(const BatchBucket& batch) const {
    return batch.report_count >= task().min_batch_size;
  }

  //   selector  the part of the interval asked for in which buckets are; at least 1 long
  Result<Bytes> EncodeAggregateShareReq(ByteView collection_job_req, const Interval& selector,
                                        const BatchBucket& batch) const;

  //   interval       smallest that holds the times of all reports in the batch
  //   leader_share   from SealAggregateShare
  //   helper_share   the Helper's answer; kDataLoss when it is not an AggregateShare
  Result<Bytes> EncodeCollectionJobResp(uint64_t report_count, const Interval& interval,
                                        ByteView leader_share, ByteView helper_share) const;

 private:
  Leader(AggregatorParameters parameters, std::unique_ptr<const vdaf::Prio3> vdaf)
      : Aggregator(Role::kLeader, std::move(parameters), std::move(vdaf)) {}
};

}  // namespace baya::dap
