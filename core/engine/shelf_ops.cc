#include <algorithm>
#include <optional>
#include <utility>

#include "codec/json_writer.h"
#include "engine/device.h"
#include "engine/limits.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {
namespace {

using codec::JsonWriter;
using consent::Operation;
using consent::Purpose;

constexpr Status kNothingToRank =
    kError<StatusCode::kFailedPrecondition, "no site pack that ranks items is in use">;

// Brings the shelf up to date with what the person did, where they let it: true. False leaves a
// shelf without anything of theirs.
Result<bool> MakePersonal(Device& device, Shelf& shelf, std::string_view caller) {
  ConsentDesk& desk = device.desk();
  Result<consent::Use> use = desk.Check(Purpose::kPersonalize, Operation::kRank, caller);
  if (use.status().code() == StatusCode::kInvalidArgument) return use.status();
  if (!use.ok()) return false;
  const Result<std::vector<profile::Interaction>> history =
      device.profile().History(std::move(*use), shelf.missing());
  if (!history.ok()) return false;  // the plan keeps items from this purpose
  const bool wants_interests = shelf.wants_interests();
  BAYA_RETURN_IF_ERROR(shelf.TakeHistory(*history, device.host().NowMs()));
  if (!wants_interests) return true;
  BAYA_ASSIGN_OR_RETURN(use, desk.Check(Purpose::kPersonalize, Operation::kRank, caller));
  const Result<std::vector<profile::Interest>> interests =
      device.profile().Interests(std::move(*use));
  const std::vector<profile::Interest> none;
  BAYA_RETURN_IF_ERROR(shelf.TakeInterests(interests.ok() ? *interests : none));
  return true;
}

Result<bool> Prepare(Device& device, Shelf& shelf, std::string_view caller) {
  BAYA_ASSIGN_OR_RETURN(const bool personal, MakePersonal(device, shelf, caller));
  if (!personal) BAYA_RETURN_IF_ERROR(shelf.BePlain());
  return personal;
}

std::vector<ShelfReason> ReasonsOf(const Shelf& shelf, const recommend::Explanation& explanation) {
  int64_t in_favour = 0;
  for (const recommend::Contribution& contribution : explanation.contributions) {
    in_favour += std::max<int64_t>(contribution.points, 0);
  }
  std::vector<ShelfReason> reasons;
  if (in_favour == 0) return reasons;
  for (const recommend::Contribution& contribution : explanation.contributions) {
    if (contribution.points <= 0 || reasons.size() == kMaxReasonsShown) break;
    const ReasonText text = shelf.TextOf(contribution);
    // Points stay below 2^47 (core/recommend), so that a thousand of them fit.
    const auto permille = static_cast<uint16_t>(contribution.points * 1000 / in_favour);
    reasons.push_back({text.code, text.because, permille});
  }
  return reasons;
}

void WriteContributions(JsonWriter& json, const Shelf& shelf,
                        const recommend::Explanation& explanation) {
  json.BeginArray("contributions");
  for (const recommend::Contribution& contribution : explanation.contributions) {
    const ReasonText text = shelf.TextOf(contribution);
    json.BeginObject();
    if (!text.because.empty()) json.Text("because", text.because);
    json.Text("code", text.code);
    json.Number("points", contribution.points);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace

Result<Bytes> Recommend(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const RecommendRequest& decoded, DecodeRecommendRequest(request));
  BAYA_RETURN_IF_ERROR(device.RequireData());
  if (decoded.exclude.size() > kMaxExcluded) {
    return kError<StatusCode::kResourceExhausted, "too many items to leave out">;
  }
  Shelf* shelf = device.shelf();
  if (shelf == nullptr) return kNothingToRank;
  const int64_t now_ms = device.host().NowMs();
  RecommendReply reply;
  BAYA_ASSIGN_OR_RETURN(reply.personal, Prepare(device, *shelf, decoded.caller));
  BAYA_ASSIGN_OR_RETURN(const std::vector<recommend::RankedItem>& items,
                        shelf->Rank(decoded.limit, decoded.exclude, now_ms));
  for (const recommend::RankedItem& ranked : items) {
    BAYA_ASSIGN_OR_RETURN(const recommend::Explanation& explanation,
                          shelf->Explain(ranked.item, now_ms));
    reply.items.push_back({shelf->catalogue().id(ranked.item), ReasonsOf(*shelf, explanation)});
  }
  return EncodeRecommendReply(reply);
}

Result<Bytes> Explain(Device& device, ByteView request) {
  BAYA_ASSIGN_OR_RETURN(const ExplainRequest& decoded, DecodeExplainRequest(request));
  BAYA_RETURN_IF_ERROR(device.RequireData());
  Shelf* shelf = device.shelf();
  if (shelf == nullptr) return kNothingToRank;
  const std::optional<pack::ItemIndex> item = shelf->catalogue().Find(decoded.item);
  if (!item) return kError<StatusCode::kNotFound, "the site pack has no such item">;
  BAYA_ASSIGN_OR_RETURN(const bool personal, Prepare(device, *shelf, consent::kPerson));
  BAYA_ASSIGN_OR_RETURN(const recommend::Explanation& explanation,
                        shelf->Explain(*item, device.host().NowMs()));
  JsonWriter json;
  json.BeginObject();
  WriteContributions(json, *shelf, explanation);
  json.Text("item", decoded.item);
  json.Bool("personal", personal);
  json.Number("score", explanation.score);
  json.EndObject();
  BAYA_ASSIGN_OR_RETURN(const std::string& text, std::move(json).Finish());
  return EncodeExplainReply({.explanation = text});
}

}  // namespace baya::engine
