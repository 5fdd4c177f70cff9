#include "dap/aggregator.h"

#include <algorithm>
#include <utility>

#include "codec/tls.h"
#include "crypto/sha256.h"
#include "vdaf/prio3_types.h"

namespace baya::dap {

Aggregator::Aggregator(Role role, AggregatorParameters parameters,
                       std::unique_ptr<const vdaf::Prio3> vdaf)
    : role_(role),
      parameters_(std::move(parameters)),
      vdaf_context_(VdafContext(parameters_.task.id)),
      vdaf_(std::move(vdaf)) {}

Result<std::unique_ptr<const vdaf::Prio3>> Aggregator::MakeVdaf(
    const AggregatorParameters& parameters) {
  if (parameters.vdaf_verify_key.size() != vdaf::Prio3::kVerifyKeySize) {
    return kError<StatusCode::kInvalidArgument, "a VDAF verify key has another size">;
  }
  if (!IsSupported(parameters.collector_hpke_config)) {
    return kError<StatusCode::kInvalidArgument,
                  "the Collector's HPKE configuration cannot be used">;
  }
  const HistogramConfig& histogram = parameters.task.histogram;
  const uint64_t values[] = {histogram.length, histogram.chunk_length};
  return vdaf::MakePrio3("Prio3Histogram", 2, values);
}

OfReport<SecretBytes> Aggregator::OpenInputShare(const ReportMetadata& metadata,
                                                 ByteView public_share,
                                                 const HpkeCiphertext& ciphertext,
                                                 std::span<const HpkeKey> keys,
                                                 uint64_t now_s) const {
  if (metadata.time > task().TimeAt(now_s + kMaxClockSkewS)) return ReportError::kReportTooEarly;
  // No report extension is known here, so that any is unrecognized.
  if (!metadata.public_extensions.empty()) return ReportError::kInvalidMessage;

  const Result<Bytes> aad = InputShareAad(task(), metadata, public_share);
  if (!aad.ok()) return ReportError::kInvalidMessage;
  const Bytes info = InputShareInfo(role_);
  for (const HpkeKey& key : keys) {
    const Result<SecretBytes> plaintext = Open(key, info, *aad, ciphertext);
    if (!plaintext.ok()) continue;
    Result<PlaintextInputShare> share = DecodePlaintextInputShare(plaintext->Expose());
    const size_t agg_id = role_ == Role::kLeader ? 0 : 1;
    if (!share.ok() || !share->private_extensions.empty() ||
        share->payload.size() != vdaf_->InputShareSize(agg_id)) {
      return ReportError::kInvalidMessage;
    }
    return std::move(share->payload);
  }
  return ReportError::kHpkeDecryptError;
}

OfRequest<Interval> Aggregator::CheckCollection(const CollectionJobReq& request) const {
  if (request.query.batch_mode != static_cast<uint8_t>(BatchMode::kTimeInterval)) {
    return ProblemType::kInvalidMessage;
  }
  if (!request.agg_param.empty()) return ProblemType::kInvalidAggregationParameter;
  // "Collection Job Extensions": strictly increasing, and none is known.
  for (size_t i = 1; i < request.extensions.size(); ++i) {
    if (request.extensions[i].type <= request.extensions[i - 1].type) {
      return ProblemType::kInvalidExtension;
    }
  }
  if (!request.extensions.empty()) return ProblemType::kUnsupportedExtension;
  return CheckBatchInterval(request.query.config);
}

OfRequest<Interval> Aggregator::CheckBatchInterval(ByteView config) {
  if (config.size() != kIntervalBytes) return ProblemType::kInvalidMessage;
  const Result<Interval> interval = DecodeInterval(config);
  if (!interval.ok() || interval->duration == 0) return ProblemType::kBatchInvalid;
  return *interval;
}

BatchBucket Aggregator::EmptyBucket() const { return {.agg_share = vdaf_->AggInit()}; }

Status Aggregator::Commit(const ReportId& report_id, ByteView out_share,
                          BatchBucket* bucket) const {
  BAYA_RETURN_IF_ERROR(vdaf_->AggUpdate(bucket->agg_share.ExposeMutable(), out_share));
  const crypto::Sha256Digest digest = crypto::Sha256(report_id);
  for (size_t i = 0; i < digest.size(); ++i) bucket->checksum[i] ^= digest[i];
  ++bucket->report_count;
  return OkStatus();
}

Status Aggregator::Merge(const BatchBucket& part, BatchBucket* batch) const {
  BAYA_RETURN_IF_ERROR(vdaf_->AggUpdate(batch->agg_share.ExposeMutable(), part.agg_share.Expose()));
  for (size_t i = 0; i < part.checksum.size(); ++i) batch->checksum[i] ^= part.checksum[i];
  batch->report_count += part.report_count;
  return OkStatus();
}

Result<Bytes> Aggregator::SealAggregateShare(ByteView collection_job_req, ByteView agg_share,
                                             Host& host) const {
  if (agg_share.size() != vdaf_->AggShareSize()) {
    return kError<StatusCode::kInvalidArgument, "an aggregate share has the wrong length">;
  }
  BAYA_ASSIGN_OR_RETURN(const HpkeCiphertext& ciphertext,
                        Seal(parameters_.collector_hpke_config, AggregateShareInfo(role_),
                             AggregateShareAad(task(), collection_job_req), agg_share, host));
  return Encode(ciphertext);
}

}  // namespace baya::dap
