#include "dap/helper.h"

#include <algorithm>
#include <utility>

#include "vdaf/ping_pong.h"

namespace baya::dap {
namespace {

bool AreDistinct(const std::vector<VerifyInit>& verify_inits) {
  std::vector<ReportId> ids;
  ids.reserve(verify_inits.size());
  for (const VerifyInit& verify_init : verify_inits) {
    ids.push_back(verify_init.report_share.report_metadata.report_id);
  }
  std::sort(ids.begin(), ids.end());
  return std::adjacent_find(ids.begin(), ids.end()) == ids.end();
}

}  // namespace

Result<Helper> Helper::Create(AggregatorParameters parameters) {
  BAYA_ASSIGN_OR_RETURN(auto&& vdaf, MakeVdaf(parameters));
  return Helper(std::move(parameters), std::move(vdaf));
}

OfRequest<std::vector<VerifyInit>> Helper::DecodeInitReq(ByteView body) const {
  Result<AggregationJobInitReq> request = DecodeAggregationJobInitReq(body);
  if (!request.ok() || request->verify_inits.empty()) return ProblemType::kInvalidMessage;
  for (size_t i = 1; i < request->extensions.size(); ++i) {
    if (request->extensions[i].type <= request->extensions[i - 1].type) {
      return ProblemType::kInvalidMessage;
    }
  }
  if (!request->extensions.empty()) return ProblemType::kUnsupportedExtension;
  if (!request->agg_param.empty()) return ProblemType::kInvalidAggregationParameter;
  if (request->verification_key_id != verification_key_id()) return ProblemType::kInvalidMessage;
  if (!AreDistinct(request->verify_inits)) return ProblemType::kInvalidMessage;
  return std::move(request->verify_inits);
}

OfReport<HelperStep> Helper::Verify(const VerifyInit& verify_init, std::span<const HpkeKey> keys,
                                    uint64_t now_s) const {
  const ReportShare& report = verify_init.report_share;
  const ReportMetadata& metadata = report.report_metadata;
  if (task().task_interval && !task().task_interval->Contains(metadata.time)) {
    return metadata.time < task().task_interval->start ? ReportError::kTaskNotStarted
                                                       : ReportError::kTaskExpired;
  }
  const auto share =
      OpenInputShare(metadata, report.public_share, report.encrypted_input_share, keys, now_s);
  if (!share.ok()) return share.error();
  Result<vdaf::FinishedWithOutbound> state =
      vdaf::PingPongHelperInit(Vdaf(), VerifyKey(), Context(), metadata.report_id,
                               report.public_share, share->Expose(), verify_init.payload);
  if (!state.ok()) return ReportError::kVdafVerifyError;
  HelperStep step;
  step.time = metadata.time;
  step.out_share = std::move(state->out_share);
  step.response.report_id = metadata.report_id;
  step.response.type = VerifyRespType::kContinue;
  step.response.payload = std::move(state->outbound);
  return step;
}

VerifyResp Helper::Reject(const ReportId& report_id, ReportError error) {
  VerifyResp response;
  response.report_id = report_id;
  response.type = VerifyRespType::kReject;
  response.report_error = error;
  return response;
}

Result<Bytes> Helper::EncodeResp(std::span<const VerifyResp> responses) const {
  return EncodeAggregationJobResp(responses);
}

OfRequest<AggregateShareRequest> Helper::CheckAggregateShareReq(ByteView body) const {
  const Result<AggregateShareReq> request = DecodeAggregateShareReq(body);
  if (!request.ok()) return ProblemType::kInvalidMessage;
  const OfRequest<Interval> query = CheckCollection(request->collection_job_req);
  if (!query.ok()) return query.error();
  if (request->batch_selector.batch_mode != static_cast<uint8_t>(BatchMode::kTimeInterval)) {
    return ProblemType::kInvalidMessage;
  }
  const OfRequest<Interval> selector = CheckBatchInterval(request->batch_selector.config);
  if (!selector.ok()) return selector.error();
  if (selector->start < query->start ||
      selector->start + selector->duration > query->start + query->duration) {
    return ProblemType::kBatchInvalid;
  }
  Result<Bytes> collection_job_req = Encode(request->collection_job_req);
  if (!collection_job_req.ok()) return ProblemType::kInvalidMessage;
  return AggregateShareRequest{*std::move(collection_job_req), *selector, request->report_count,
                               request->checksum};
}

std::optional<ProblemType> Helper::CheckBatch(const AggregateShareRequest& request,
                                              const BatchBucket& batch) const {
  if (batch.report_count < task().min_batch_size) return ProblemType::kInvalidBatchSize;
  if (batch.report_count != request.report_count || batch.checksum != request.checksum) {
    return ProblemType::kBatchMismatch;
  }
  return std::nullopt;
}

}  // namespace baya::dap
