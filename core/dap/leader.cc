#include "dap/leader.h"

#include <algorithm>
#include <utility>

#include "vdaf/ping_pong.h"

namespace baya::dap {

Result<Leader> Leader::Create(AggregatorParameters parameters) {
  BAYA_ASSIGN_OR_RETURN(auto&& vdaf, MakeVdaf(parameters));
  return Leader(std::move(parameters), std::move(vdaf));
}

OfRequest<std::vector<Report>> Leader::DecodeUpload(ByteView body) const {
  Result<std::vector<Report>> reports = DecodeUploadRequest(body);
  if (!reports.ok()) return ProblemType::kInvalidMessage;
  return *std::move(reports);
}

OfReport<StoredReport> Leader::CheckUpload(const Report& report, std::span<const HpkeKey> keys,
                                           uint64_t now_s) const {
  const HpkeCiphertext& ciphertext = report.leader_encrypted_input_share;
  if (std::none_of(keys.begin(), keys.end(),
                   [&](const HpkeKey& key) { return key.config.id == ciphertext.config_id; })) {
    return ReportError::kOutdatedConfig;
  }
  const ReportMetadata& metadata = report.report_metadata;
  if (task().task_interval && !task().task_interval->Contains(metadata.time)) {
    return ReportError::kReportDropped;
  }
  if (report.public_share.size() != Vdaf().PublicShareSize()) return ReportError::kInvalidMessage;
  auto share = OpenInputShare(metadata, report.public_share, ciphertext, keys, now_s);
  if (!share.ok()) return share.error();
  return StoredReport{metadata, report.public_share, std::move(*share),
                      report.helper_encrypted_input_share};
}

OfReport<LeaderStep> Leader::Init(const StoredReport& report) const {
  const ReportMetadata& metadata = report.report_metadata;
  Result<vdaf::Continued> state =
      vdaf::PingPongLeaderInit(Vdaf(), VerifyKey(), Context(), metadata.report_id,
                               report.public_share, report.leader_input_share.Expose());
  if (!state.ok()) {
    // Of the sizes nothing can be wrong any more: it is an element that is not of the field.
    return state.status().code() == StatusCode::kInvalidArgument ? ReportError::kInvalidMessage
                                                                 : ReportError::kVdafVerifyError;
  }
  return LeaderStep{{metadata.report_id, metadata.time, std::move(state->verify_state)},
                    {{metadata, report.public_share, report.helper_encrypted_input_share},
                     std::move(state->outbound)}};
}

Result<Bytes> Leader::EncodeInitReq(std::span<const VerifyInit> verify_inits) const {
  return EncodeAggregationJobInitReq(verification_key_id(), verify_inits);
}

Result<std::vector<VerifyResp>> Leader::DecodeResp(ByteView body,
                                                   std::span<const LeaderState> states) const {
  Result<std::vector<VerifyResp>> responses = DecodeAggregationJobResp(body);
  const auto answers = [](const VerifyResp& response, const LeaderState& state) {
    // A Prio3 report is never verified without a message for the Leader: no "finish".
    return response.report_id == state.report_id && response.type != VerifyRespType::kFinish;
  };
  if (!responses.ok() ||
      !std::equal(responses->begin(), responses->end(), states.begin(), states.end(), answers)) {
    return kError<StatusCode::kDataLoss, "the Helper's answer does not fit the aggregation job">;
  }
  return responses;
}

OfReport<SecretBytes> Leader::Continue(const LeaderState& state, const VerifyResp& response) const {
  if (response.type == VerifyRespType::kReject) return response.report_error;
  Result<SecretBytes> out_share = vdaf::PingPongLeaderContinued(
      Vdaf(), Context(), state.verify_state.Expose(), response.payload);
  if (!out_share.ok()) return ReportError::kVdafVerifyError;
  return *std::move(out_share);
}

OfRequest<Interval> Leader::CheckCollectionJob(ByteView collection_job_req) const {
  const Result<CollectionJobReq> request = DecodeCollectionJobReq(collection_job_req);
  if (!request.ok()) return ProblemType::kInvalidMessage;
  return CheckCollection(*request);
}

Result<Bytes> Leader::EncodeAggregateShareReq(ByteView collection_job_req, const Interval& selector,
                                              const BatchBucket& batch) const {
  AggregateShareReq request;
  BAYA_ASSIGN_OR_RETURN(request.collection_job_req, DecodeCollectionJobReq(collection_job_req));
  request.batch_selector = {static_cast<uint8_t>(BatchMode::kTimeInterval),
                            EncodeInterval(selector)};
  request.report_count = batch.report_count;
  request.checksum = batch.checksum;
  return Encode(request);
}

Result<Bytes> Leader::EncodeCollectionJobResp(uint64_t report_count, const Interval& interval,
                                              ByteView leader_share, ByteView helper_share) const {
  CollectionJobResp response;
  response.report_count = report_count;
  response.interval = interval;
  BAYA_ASSIGN_OR_RETURN(response.leader_encrypted_agg_share, DecodeHpkeCiphertext(leader_share));
  Result<HpkeCiphertext> helper = DecodeHpkeCiphertext(helper_share);
  if (!helper.ok()) {
    return kError<StatusCode::kDataLoss, "the Helper's answer is no aggregate share">;
  }
  response.helper_encrypted_agg_share = *std::move(helper);
  return Encode(response);
}

}  // namespace baya::dap
