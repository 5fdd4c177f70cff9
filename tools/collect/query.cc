#include "collect/query.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <thread>

#include "codec/json.h"
#include "dap/draft.h"
#include "http/client.h"
#include "http/url.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kTimeout{30};

struct Refusal {
  dap::ProblemType type;
  std::string_view sentence;
};

constexpr Refusal kRefusals[] = {
    {dap::ProblemType::kInvalidBatchSize,
     "the interval holds fewer valid reports than the task promised; try again when there are "
     "more"},
    {dap::ProblemType::kBatchOverlap,
     "part of the interval was collected before; a report is collected once"},
    {dap::ProblemType::kBatchInvalid, "the interval is not one that can be collected"},
    {dap::ProblemType::kBatchMismatch, "the aggregators disagree on the reports of the interval"},
    {dap::ProblemType::kUnrecognizedTask, "an aggregator does not know the task"},
};

[[noreturn]] void FailWith(const http::Response& response) {
  const Result<codec::JsonValue> problem = codec::ParseJson(response.body);
  if (problem.ok() && problem->StringAt("type").ok()) {
    const std::string_view type = *problem->StringAt("type");
    for (const Refusal& refusal : kRefusals) {
      if (dap::ProblemUrn(refusal.type) == type) throw ToolError(std::string(refusal.sentence));
    }
    if (type != "about:blank") throw ToolError("the leader refused: " + std::string(type));
  }
  if (response.status == 502) {
    throw ToolError("the leader got no share of the batch from the helper; ask again later");
  }
  throw ToolError(response.status == 401
                      ? std::string("the leader does not know this collector's token")
                      : "the leader answered with status " + std::to_string(response.status));
}

// The path of a Location, which may be a whole address.
std::string PathOf(std::string_view location) {
  const size_t scheme = location.find("://");
  if (scheme == std::string_view::npos) return std::string(location);
  return std::string(location.substr(std::min(location.find('/', scheme + 3), location.size())));
}

std::chrono::seconds RetryAfter(const http::Response& response) {
  const std::string text(http::FindHeader(response.headers, "Retry-After"));
  return std::chrono::seconds(std::clamp(std::strtol(text.c_str(), nullptr, 10), 1L, 60L));
}

}  // namespace

dap::Aggregate CollectBatch(const Collector& collector, const CollectedTask& task,
                            const dap::Interval& interval, std::chrono::seconds patience) {
  const Bytes query = OrThrow(dap::EncodeCollectionJobReq(interval), "the query");
  const http::Url url = OrThrow(http::ParseUrl(collector.leader), "the leader's address");
  const std::pair<std::string, std::string> authorization{"Authorization",
                                                          "Bearer " + collector.token};
  http::Client client(url, kTimeout);
  http::Request request{"POST",
                        url.path + "/tasks/" + task.id + "/collection_jobs",
                        {authorization, {"Content-Type", std::string(dap::kCollectionJobReqType)}},
                        std::string(AsText(query))};
  const auto deadline = Clock::now() + patience;
  while (true) {
    const std::optional<http::Response> response = client.Send(request);
    std::chrono::seconds wait{1};
    if (response) {
      if (response->status >= 400 && response->status != 503) FailWith(*response);
      if (response->status < 300 && !response->body.empty()) {
        return OrThrow(
            dap::OpenCollectionJobResp(task.task, collector.key, query, AsBytes(response->body)),
            "opening the leader's answer");
      }
      wait = RetryAfter(*response);
      const std::string path = PathOf(http::FindHeader(response->headers, "Location"));
      if (response->status < 300 && !path.empty()) request = {"GET", path, {authorization}, {}};
    }
    if (Clock::now() + wait > deadline) {
      throw ToolError(response ? "the leader is not done yet; ask again later"
                               : "the leader at " + collector.leader + " does not answer");
    }
    std::this_thread::sleep_for(wait);
  }
}

}  // namespace baya::tools
