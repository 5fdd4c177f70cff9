#include "aggregator/helper_service.h"

#include <utility>

#include "aggregator/helper_store.h"
#include "aggregator/limits.h"
#include "aggregator/log.h"
#include "aggregator/noise.h"
#include "aggregator/problem.h"
#include "aggregator/workers.h"
#include "dap/draft.h"
#include "lib/tool_error.h"

namespace baya::aggregator {
namespace {

using dap::ProblemType;
using tools::OrThrow;
using tools::http::Request;
using tools::http::Response;
using HelperTask = ServedTask<dap::Helper>;
using VerifiedReport = dap::OfReport<dap::HelperStep>;

// "Batch Buckets": commits what may be committed, in one transaction with the answer.
Bytes CommitJob(Database& database, const HelperTask& task, const ResourceId& id,
                const std::vector<dap::VerifyInit>& verify_inits,
                const std::vector<VerifiedReport>& verified) {
  if (auto earlier = FindAnswer(database, Answers::kJobs, task.key, id)) return *earlier;
  Buckets buckets(database, task.key, task.machine);
  std::vector<dap::VerifyResp> responses;
  for (size_t i = 0; i < verified.size(); ++i) {
    const dap::ReportId& report_id = verify_inits[i].report_share.report_metadata.report_id;
    if (!verified[i].ok()) {
      responses.push_back(dap::Helper::Reject(report_id, verified[i].error()));
    } else if (IsClosed(database, task.key, verified[i]->time)) {
      responses.push_back(dap::Helper::Reject(report_id, dap::ReportError::kBatchCollected));
    } else if (!AddReportId(database, task.key, report_id)) {
      responses.push_back(dap::Helper::Reject(report_id, dap::ReportError::kReportReplayed));
    } else {
      buckets.Commit(verified[i]->time, report_id, verified[i]->out_share.Expose());
      responses.push_back(verified[i]->response);
    }
  }
  buckets.Save();
  Bytes answer = OrThrow(task.machine.EncodeResp(responses), "encoding the answer");
  AddAnswer(database, Answers::kJobs, task.key, id, answer);
  return answer;
}

dap::OfRequest<Bytes> AnswerShare(Database& database, const HelperTask& task, const ResourceId& id,
                                  const dap::AggregateShareRequest& request, Host& host) {
  if (auto earlier = FindAnswer(database, Answers::kShares, task.key, id)) return *earlier;
  if (AnyClosed(database, task.key, request.selector)) return ProblemType::kBatchOverlap;
  Batch batch = MergeBuckets(database, task.key, task.machine, request.selector);
  if (const auto problem = task.machine.CheckBatch(request, batch.sum)) return *problem;
  AddNoise(task.noise, host, batch.sum);
  Bytes answer = OrThrow(task.machine.SealAggregateShare(request.collection_job_req,
                                                         batch.sum.agg_share.Expose(), host),
                         "sealing the aggregate share");
  Close(database, task.key, request.selector);
  ScrubBuckets(database, task.key, request.selector);
  AddAnswer(database, Answers::kShares, task.key, id, answer);
  return answer;
}

}  // namespace

HelperService::HelperService(Parts& parts)
    : Service(parts), tasks_(ServeTasks<dap::Helper>(parts.settings, parts.writer)) {}

Response HelperService::HandleTask(const Request& request, const Route& route) {
  const bool job = route.resource == Resource::kAggregationJobs;
  if (!job && route.resource != Resource::kAggregateShares) return Problem(404, "Not Found");
  if (!IsAuthorized(request, Common().settings.aggregator_token_sha256)) return Unauthorized();
  const auto found = tasks_.find(route.task);
  if (found == tasks_.end()) return Problem(ProblemType::kUnrecognizedTask, &route.task);
  if (route.id) return Existing(found->second, request, route);
  if (request.method != "POST") return WrongMethod("POST");
  if (!HasMediaType(request, job ? dap::kAggregationJobInitReqType : dap::kAggregateShareReqType)) {
    return WrongMediaType();
  }
  if (request.body_dropped) return TooLarge();
  return job ? CreateJob(found->second, request, route)
             : CreateShare(found->second, request, route);
}

size_t HelperService::TaskBodyLimit(const Request& head, const Route& route) const {
  if (!tasks_.contains(route.task) ||
      !IsAuthorized(head, Common().settings.aggregator_token_sha256)) {
    return 0;
  }
  if (route.resource == Resource::kAggregationJobs) return kMaxJobBytes;
  return route.resource == Resource::kAggregateShares ? kMaxQueryBytes : 0;
}

Response HelperService::CreateJob(const Task& task, const Request& request, const Route& route) {
  const ByteView body = AsBytes(request.body);
  const ResourceId id = ResourceIdOf(body);
  const auto earlier = Common().writer.Do(
      [&](Database& database) { return FindAnswer(database, Answers::kJobs, task.key, id); });
  if (earlier) return Created(route, id, *earlier, dap::kAggregationJobRespType);
  const auto verify_inits = task.machine.DecodeInitReq(body);
  if (!verify_inits.ok()) return Problem(verify_inits.error(), &route.task);
  if (verify_inits->size() > kMaxJobReports) {
    return Problem(ProblemType::kInvalidMessage, &route.task);
  }
  const uint64_t now_s = Common().NowS();
  const auto verified = MapInParallel(verify_inits->size(), [&](size_t i) {
    return task.machine.Verify((*verify_inits)[i], Common().keys, now_s);
  });
  const Bytes answer = Common().writer.Do(
      [&](Database& database) { return CommitJob(database, task, id, *verify_inits, verified); });
  Log("task " + task.name + ": a job of " + std::to_string(verified.size()) + " reports");
  return Created(route, id, answer, dap::kAggregationJobRespType);
}

Response HelperService::CreateShare(const Task& task, const Request& request, const Route& route) {
  const ByteView body = AsBytes(request.body);
  const ResourceId id = ResourceIdOf(body);
  const auto asked = task.machine.CheckAggregateShareReq(body);
  if (!asked.ok()) return Problem(asked.error(), &route.task);
  if (asked->selector.start + asked->selector.duration > kMaxTime) {
    return Problem(ProblemType::kBatchInvalid, &route.task);
  }
  const auto answer = Common().writer.Do(
      [&](Database& database) { return AnswerShare(database, task, id, *asked, Common().host); });
  if (!answer.ok()) {
    Log("task " + task.name +
        ": a batch was refused: " + std::string(dap::ProblemUrn(answer.error())));
    return Problem(answer.error(), &route.task);
  }
  Common().writer.Scrub();
  Log("task " + task.name + ": a batch was collected");
  return Created(route, id, *answer, dap::kAggregateShareType);
}

Response HelperService::Existing(const Task& task, const Request& request, const Route& route) {
  const bool job = route.resource == Resource::kAggregationJobs;
  const Answers answers = job ? Answers::kJobs : Answers::kShares;
  // Prio3 has one round, so that no job is ever continued.
  if (job && request.method == "POST") return Problem(ProblemType::kStepMismatch, &route.task);
  if (request.method != "GET" && request.method != "DELETE") return WrongMethod("GET, DELETE");
  const bool remove = request.method == "DELETE";
  const auto answer = Common().writer.Do([&](Database& database) {
    auto found = FindAnswer(database, answers, task.key, *route.id);
    if (remove) DeleteAnswer(database, answers, task.key, *route.id);
    return found;
  });
  if (!answer) {
    return job ? Problem(ProblemType::kUnrecognizedAggregationJob, &route.task)
               : Problem(404, "Not Found");
  }
  if (remove) return {};
  return Created(route, *route.id, *answer,
                 job ? dap::kAggregationJobRespType : dap::kAggregateShareType);
}

}  // namespace baya::aggregator
