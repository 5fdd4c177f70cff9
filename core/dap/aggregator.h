// What the Leader and the Helper of a task have in common: report checks, batch buckets, sealing
// to the Collector.
//
// Source: draft-ietf-ppm-dap-18, "Input Share Decryption", "Input Share Validation", "Batch
// Buckets" and "Aggregate Share Encryption".
//
// Pure over bytes: storage, HTTP, authentication and time are the caller's. Every method is const
// and may be called from several threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "dap/errors.h"
#include "dap/hpke_info.h"
#include "dap/messages.h"
#include "dap/task.h"
#include "vdaf/prio3.h"

namespace baya::dap {

// How far ahead of our clock a report may be ("no more than a few minutes").
inline constexpr uint64_t kMaxClockSkewS = 300;

struct AggregatorParameters {
  Task task;
  uint8_t verification_key_id = 0;
  SecretBytes vdaf_verify_key;  // vdaf::Prio3::kVerifyKeySize, the same at both Aggregators
  HpkeConfig collector_hpke_config;
};

// What is kept of the reports of one interval: of a bucket (one time precision long) or, merged,
// of a batch. As stored: the encoded agg_share, the count, the checksum.
struct BatchBucket {
  SecretBytes agg_share;
  uint64_t report_count = 0;
  Checksum checksum = {};  // XOR of the SHA-256 of the report ids
};

class Aggregator {
 public:
  const Task& task() const { return parameters_.task; }
  uint8_t verification_key_id() const { return parameters_.verification_key_id; }

  // The bucket a report belongs to is its time: Interval{time, 1}. Before a report is committed,
  // the caller checks in the same transaction that its id was never aggregated in the task
  // (kReportReplayed) and that its bucket was not collected (kBatchCollected).
  BatchBucket EmptyBucket() const;
  // kInvalidArgument, and no change, for an out share that is not this task's.
  Status Commit(const ReportId& report_id, ByteView out_share, BatchBucket* bucket) const;
  // Adds `part` to `batch`. kInvalidArgument, and no change, for a share that is not this task's.
  Status Merge(const BatchBucket& part, BatchBucket* batch) const;

  // Our aggregate share for the Collector, as an encoded HpkeCiphertext. Not the same bytes twice:
  // noise is added and the result stored before it is answered (vdaf/discrete_laplace.h).
  //
  //   collection_job_req  the encoded message, as the Collector sent it
  //
  // Errors: kInvalidArgument (an aggregate share that is not this task's).
  Result<Bytes> SealAggregateShare(ByteView collection_job_req, ByteView agg_share,
                                   Host& host) const;

 protected:
  Aggregator(Role role, AggregatorParameters parameters, std::unique_ptr<const vdaf::Prio3> vdaf);

  // kInvalidArgument for a verify key or a Collector's configuration that cannot be used.
  static Result<std::unique_ptr<const vdaf::Prio3>> MakeVdaf(
      const AggregatorParameters& parameters);

  // The input share in `ciphertext`, decrypted and checked but for the task's interval.
  OfReport<SecretBytes> OpenInputShare(const ReportMetadata& metadata, ByteView public_share,
                                       const HpkeCiphertext& ciphertext,
                                       std::span<const HpkeKey> keys, uint64_t now_s) const;

  // Batch mode, aggregation parameter and extensions of a collection; the interval it is for.
  OfRequest<Interval> CheckCollection(const CollectionJobReq& request) const;

  // The interval in the `config` of a query or a batch selector.
  static OfRequest<Interval> CheckBatchInterval(ByteView config);

  const vdaf::Prio3& Vdaf() const { return *vdaf_; }
  ByteView Context() const { return vdaf_context_; }
  ByteView VerifyKey() const { return parameters_.vdaf_verify_key.Expose(); }

 private:
  Role role_;
  AggregatorParameters parameters_;
  Bytes vdaf_context_;
  std::unique_ptr<const vdaf::Prio3> vdaf_;
};

}  // namespace baya::dap
