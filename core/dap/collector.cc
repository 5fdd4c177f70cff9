#include "dap/collector.h"

#include <span>

#include "vdaf/prio3_types.h"

namespace baya::dap {

Result<Bytes> EncodeCollectionJobReq(const Interval& interval) {
  CollectionJobReq request;
  request.query = {static_cast<uint8_t>(BatchMode::kTimeInterval), EncodeInterval(interval)};
  return Encode(request);
}

Result<Aggregate> OpenCollectionJobResp(const Task& task, const HpkeKey& key,
                                        ByteView collection_job_req, ByteView response) {
  BAYA_ASSIGN_OR_RETURN(const CollectionJobResp& decoded, DecodeCollectionJobResp(response));
  const Bytes aad = AggregateShareAad(task, collection_job_req);
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& leader, Open(key, AggregateShareInfo(Role::kLeader), aad,
                                                        decoded.leader_encrypted_agg_share));
  BAYA_ASSIGN_OR_RETURN(const SecretBytes& helper, Open(key, AggregateShareInfo(Role::kHelper), aad,
                                                        decoded.helper_encrypted_agg_share));
  const uint64_t parameters[] = {task.histogram.length, task.histogram.chunk_length};
  BAYA_ASSIGN_OR_RETURN(const auto& vdaf, vdaf::MakePrio3("Prio3Histogram", 2, parameters));
  const ByteView shares[] = {leader.Expose(), helper.Expose()};
  Result<std::vector<int64_t>> counts = vdaf->UnshardNoised(shares, decoded.report_count);
  if (!counts.ok() && counts.status().code() == StatusCode::kInvalidArgument) {
    return kError<StatusCode::kDataLoss, "an aggregate share is not one of this task">;
  }
  if (!counts.ok()) return counts.status();
  return Aggregate{decoded.report_count, decoded.interval, *std::move(counts)};
}

}  // namespace baya::dap
