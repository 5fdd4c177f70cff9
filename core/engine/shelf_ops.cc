#include <algorithm>
#include <optional>
#include <utility>

#include "engine/device.h"
#include "engine/limits.h"
#include "engine/operations.h"
#include "engine/ops.h"

namespace baya::engine {
namespace {

using consent::Operation;
using consent::Purpose;

constexpr Status kNothingToRank =
    kError<StatusCode::kFailedPrecondition, "no site pack that ranks items is in use">;

// What the person said of interests and reasons, as far as the plan lets it be used.
Status TakeWishes(Device& device, Shelf& shelf, std::string_view caller) {
  ConsentDesk& desk = device.desk();
  BAYA_ASSIGN_OR_RETURN(auto&& use, desk.Check(Purpose::kPersonalize, Operation::kRank, caller));
  const Result<std::vector<profile::Interest>> interests =
      device.profile().Interests(std::move(use));
  const std::vector<profile::Interest> none;
  BAYA_RETURN_IF_ERROR(shelf.TakeInterests(interests.ok() ? *interests : none));
  BAYA_ASSIGN_OR_RETURN(auto&& again, desk.Check(Purpose::kPersonalize, Operation::kRank, caller));
  BAYA_ASSIGN_OR_RETURN(const std::vector<std::string>& muted,
                        device.profile().MutedReasons(std::move(again)));
  return shelf.TakeMuted(muted);
}

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
  const int64_t now_ms = device.host().NowMs();
  BAYA_RETURN_IF_ERROR(shelf.TakeHistory(*history, now_ms));
  if (wants_interests) BAYA_RETURN_IF_ERROR(TakeWishes(device, shelf, caller));
  if (!shelf.wants_deeds(now_ms)) return true;
  BAYA_ASSIGN_OR_RETURN(use, desk.Check(Purpose::kPersonalize, Operation::kRank, caller));
  const Result<std::vector<profile::Deed>> deeds =
      device.profile().Deeds(std::move(*use), now_ms - recommend::kExposureDays * kDayMs);
  const std::vector<profile::Deed> none;
  shelf.TakeDeeds(deeds.ok() ? *deeds : none, now_ms);
  BAYA_ASSIGN_OR_RETURN(use, desk.Check(Purpose::kPersonalize, Operation::kRank, caller));
  shelf.TakeTrials(device.profile().TrialsByKind(std::move(*use)));
  return true;
}

// One shelf tries out the same for a whole UTC day; another, or another person's, something else.
uint64_t SeedOf(Device& device, std::string_view caller, int64_t now_ms) {
  auto seed = static_cast<uint64_t>(recommend::DayOf(now_ms));
  for (const ByteView part : {device.ShelfSeed(), AsBytes(caller)}) {
    for (const uint8_t byte : part) seed = recommend::SplitMix64(seed ^ byte).Next();
  }
  return seed;
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
  const uint64_t seed = reply.personal ? SeedOf(device, decoded.caller, now_ms) : 0;
  BAYA_ASSIGN_OR_RETURN(const std::span<const recommend::RankedItem> items,
                        shelf->Rank({.limit = decoded.limit,
                                     .exclude = decoded.exclude,
                                     .category = decoded.category,
                                     .region = decoded.region,
                                     .adult = decoded.adult,
                                     .plain = decoded.plain,
                                     .seed = seed},
                                    now_ms));
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
  ExplainReply reply{.personal = personal,
                     .score = explanation.score,
                     .withheld = shelf->WhyWithheld(*item),
                     .parts = std::vector<ScorePart>(explanation.contributions.size())};
  ScorePart* part = reply.parts.data();
  for (const recommend::Contribution& contribution : explanation.contributions) {
    const ReasonText text = shelf->TextOf(contribution);
    *part++ = {text.code, text.because, contribution.points};
  }
  return EncodeExplainReply(reply);
}

}  // namespace baya::engine
