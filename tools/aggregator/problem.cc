#include "aggregator/problem.h"

#include <string>
#include <utility>

#include "codec/base64url.h"
#include "codec/json.h"

namespace baya::aggregator {
namespace {

using codec::JsonValue;
using dap::ProblemType;
using tools::http::Response;

struct Meaning {
  ProblemType type;
  int status;
  std::string_view title;
};

// The titles are the draft's.
constexpr Meaning kMeanings[] = {
    {ProblemType::kInvalidMessage, 400, "The message could not be parsed or is invalid."},
    {ProblemType::kUnrecognizedTask, 404, "The task is not known here."},
    {ProblemType::kUnrecognizedAggregationJob, 404, "The aggregation job is not known here."},
    {ProblemType::kBatchInvalid, 400, "The query is not a valid batch."},
    {ProblemType::kInvalidBatchSize, 400, "The batch has an invalid number of reports."},
    {ProblemType::kInvalidAggregationParameter, 400, "The aggregation parameter is invalid."},
    {ProblemType::kBatchMismatch, 400, "The aggregators disagree on the reports in the batch."},
    {ProblemType::kStepMismatch, 400, "The aggregators disagree on the step of the job."},
    {ProblemType::kBatchOverlap, 400, "Reports of the batch were collected before."},
    {ProblemType::kUnsupportedExtension, 400, "An extension is not known here."},
    {ProblemType::kInvalidExtension, 400, "An extension is invalid or out of order."},
};

Response Document(std::string_view type, std::string_view title, int status,
                  const dap::TaskId* task) {
  JsonValue document = JsonValue::Object();
  document.Set("type", type);
  document.Set("title", title);
  document.Set("status", status);
  if (task != nullptr) document.Set("taskid", codec::EncodeBase64Url(*task));
  Response response{status, {{"Content-Type", std::string(kProblemType)}}, {}};
  const Result<std::string> text = codec::WriteJson(document);
  if (text.ok()) response.body = *text;
  return response;
}

}  // namespace

Response Problem(ProblemType type, const dap::TaskId* task) {
  for (const Meaning& meaning : kMeanings) {
    if (meaning.type == type) {
      return Document(dap::ProblemUrn(type), meaning.title, meaning.status, task);
    }
  }
  return Problem(400, "Bad Request");
}

Response Problem(int status, std::string_view title) {
  return Document("about:blank", title, status, nullptr);
}

std::optional<ProblemType> ProblemTypeOf(const Response& response) {
  const Result<JsonValue> document = codec::ParseJson(response.body);
  if (!document.ok()) return std::nullopt;
  const Result<std::string_view> type = document->StringAt("type");
  if (!type.ok()) return std::nullopt;
  for (const Meaning& meaning : kMeanings) {
    if (dap::ProblemUrn(meaning.type) == *type) return meaning.type;
  }
  return std::nullopt;
}

}  // namespace baya::aggregator
