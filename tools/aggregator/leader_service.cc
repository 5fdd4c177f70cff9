#include "aggregator/leader_service.h"

#include <optional>
#include <utility>
#include <vector>

#include "aggregator/limits.h"
#include "aggregator/log.h"
#include "aggregator/problem.h"
#include "dap/draft.h"
#include "lib/tool_error.h"

namespace baya::aggregator {
namespace {

using dap::ProblemType;
using dap::ReportError;
using tools::OrThrow;
using tools::http::Request;
using tools::http::Response;

constexpr char kPollAfterS[] = "1";

// One report of an upload on its way into the database.
struct Received {
  Bytes encoded;
  std::optional<ReportError> error;
};

void StoreUpload(Database& database, TaskKey task, const std::vector<dap::Report>& reports,
                 std::vector<Received>& received) {
  for (size_t i = 0; i < reports.size(); ++i) {
    if (received[i].error) continue;
    // "Leader Behavior" gives both the same word.
    if (IsClosed(database, task, reports[i].report_metadata.time) ||
        !AddUpload(database, task, reports[i], received[i].encoded)) {
      received[i].error = ReportError::kReportReplayed;
    }
  }
}

Response UploadAnswer(const std::vector<dap::Report>& reports,
                      const std::vector<Received>& received) {
  std::vector<dap::ReportUploadStatus> statuses;
  for (size_t i = 0; i < reports.size(); ++i) {
    if (!received[i].error) continue;
    statuses.push_back({reports[i].report_metadata.report_id, *received[i].error});
  }
  if (statuses.empty()) return {};
  return {200,
          {{"Content-Type", std::string(dap::kUploadErrorsType)}},
          std::string(AsText(dap::EncodeUploadErrors(statuses)))};
}

// Its interval is closed and not answered: without the job, nobody could collect it.
bool IsBusy(const CollectionJob& job) {
  return job.state == CollectionState::kClosed || job.state == CollectionState::kAsked ||
         job.IsGivenUp();
}

Response Busy() {
  Response response = Problem(503, "Service Unavailable");
  response.headers.emplace_back("Retry-After", "60");
  return response;
}

}  // namespace

LeaderService::LeaderService(Parts& parts, const ServedTasks<dap::Leader>& tasks,
                             std::function<void()> notify)
    : Service(parts), tasks_(tasks), notify_(std::move(notify)) {}

Response LeaderService::HandleTask(const Request& request, const Route& route) {
  const bool upload = route.resource == Resource::kReports;
  if (!upload && route.resource != Resource::kCollectionJobs) return Problem(404, "Not Found");
  if (!upload && !IsAuthorized(request, Common().settings.collector_token_sha256)) {
    return Unauthorized();
  }
  const auto found = tasks_.find(route.task);
  if (found == tasks_.end()) return Problem(ProblemType::kUnrecognizedTask, &route.task);
  if (route.id) return ExistingCollection(found->second, request, route);
  if (request.method != "POST") return WrongMethod(upload ? "POST, OPTIONS" : "POST");
  if (!HasMediaType(request, upload ? dap::kUploadReqType : dap::kCollectionJobReqType)) {
    return WrongMediaType();
  }
  if (request.body_dropped) return TooLarge();
  return upload ? Upload(found->second, request, route)
                : CreateCollection(found->second, request, route);
}

size_t LeaderService::TaskBodyLimit(const Request& head, const Route& route) const {
  if (!tasks_.contains(route.task)) return 0;
  if (route.resource == Resource::kReports) return kMaxUploadBytes;
  const bool collector = route.resource == Resource::kCollectionJobs &&
                         IsAuthorized(head, Common().settings.collector_token_sha256);
  return collector ? kMaxQueryBytes : 0;
}

Response LeaderService::Upload(const Task& task, const Request& request, const Route& route) {
  const auto reports = task.machine.DecodeUpload(AsBytes(request.body));
  if (!reports.ok()) return Problem(reports.error(), &route.task);
  if (reports->size() > kMaxUploadReports) return TooLarge();
  std::vector<Received> received(reports->size());
  const uint64_t now_s = Common().NowS();
  for (size_t i = 0; i < received.size(); ++i) {
    const dap::Report& report = (*reports)[i];
    const auto checked = task.machine.CheckUpload(report, Common().keys, now_s);
    if (!checked.ok()) {
      received[i].error = checked.error();
    } else {
      received[i].encoded = OrThrow(dap::Encode(report), "encoding a report");
    }
  }
  const bool stored = Common().writer.Do([&](Database& database) {
    if (CountShares(database) >= kMaxWaiting) return false;
    StoreUpload(database, task.key, *reports, received);
    return true;
  });
  if (!stored) {
    // Once a minute, however many strangers knock.
    uint64_t logged_s = busy_logged_s_;
    if (now_s >= logged_s + 60 && busy_logged_s_.compare_exchange_strong(logged_s, now_s)) {
      Log("uploads are refused: too many reports wait for the Helper");
    }
    return Busy();
  }
  notify_();
  return UploadAnswer(*reports, received);
}

Response LeaderService::CreateCollection(const Task& task, const Request& request,
                                         const Route& route) {
  const ByteView body = AsBytes(request.body);
  const ResourceId id = ResourceIdOf(body);
  const auto interval = task.machine.CheckCollectionJob(body);
  if (!interval.ok()) return Problem(interval.error(), &route.task);
  if (interval->start + interval->duration > kMaxTime) {
    return Problem(ProblemType::kBatchInvalid, &route.task);
  }
  const auto job = Common().writer.Do([&](Database& database) -> std::optional<CollectionJob> {
    auto found = FindCollectionJob(database, task.key, id);
    if (found && found->state != CollectionState::kFailed) return found;
    if (found && found->IsGivenUp()) {
      found->state = CollectionState::kAsked;
      UpdateCollectionJob(database, *found);
      return found;
    }
    if (AnyClosed(database, task.key, *interval)) return std::nullopt;
    if (found) {
      found->state = CollectionState::kWaiting;
      UpdateCollectionJob(database, *found);
      return found;
    }
    AddCollectionJob(database, task.key, id, body, *interval);
    return FindCollectionJob(database, task.key, id);
  });
  if (!job) return Problem(ProblemType::kBatchOverlap, &route.task);
  notify_();
  return State(*job, route, id);
}

Response LeaderService::ExistingCollection(const Task& task, const Request& request,
                                           const Route& route) {
  if (request.method != "GET" && request.method != "DELETE") return WrongMethod("GET, DELETE");
  const bool remove = request.method == "DELETE";
  const auto job = Common().writer.Do([&](Database& database) {
    auto found = FindCollectionJob(database, task.key, *route.id);
    if (remove && found && !IsBusy(*found)) DeleteCollectionJob(database, *found);
    return found;
  });
  if (!job) return Problem(404, "Not Found");
  if (!remove) return State(*job, route, *route.id);
  return IsBusy(*job) ? Problem(409, "Conflict") : Response{};
}

Response LeaderService::State(const CollectionJob& job, const Route& route,
                              const ResourceId& id) const {
  if (job.IsGivenUp()) return Problem(502, "Bad Gateway");
  if (job.state == CollectionState::kFailed) return Problem(*job.problem, &route.task);
  if (job.state == CollectionState::kDone) {
    return Created(route, id, job.response, dap::kCollectionJobRespType);
  }
  Response response = Created(route, id, {}, {});
  std::erase_if(response.headers,
                [](const auto& header) { return header.first == "Content-Type"; });
  response.headers.emplace_back("Retry-After", kPollAfterS);
  return response;
}

}  // namespace baya::aggregator
