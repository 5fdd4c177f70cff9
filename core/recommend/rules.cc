#include "recommend/rules.h"

#include <array>
#include <cstddef>

namespace baya::recommend {

std::string_view WithheldName(Withheld reason) {
  constexpr std::array<std::string_view, 6> kNames = {"unavailable", "disliked", "owned",
                                                      "adult",       "region",   "resting"};
  return kNames[static_cast<size_t>(reason) - 1];
}

std::optional<Withheld> WhyWithheld(const Candidate& candidate, const ShelfRequest& request) {
  for (const auto rule : {RuleStock, RuleDisliked, RuleOwned, RuleAdult, RuleRegion, RuleRest}) {
    if (const std::optional<Withheld> reason = rule(candidate, request)) return reason;
  }
  return std::nullopt;
}

}  // namespace baya::recommend
