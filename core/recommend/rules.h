// The rules that keep an item off a shelf, whatever its score. Each looks at the candidate alone
// and withholds it or has no opinion, so that adding a rule can only show less.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "pack/site_pack.h"
#include "recommend/history.h"
#include "recommend/shelf_request.h"

namespace baya::recommend {

// Why an item may not be shown. Shown to the person; numbers are stable.
enum class Withheld : uint8_t {
  kUnavailable = 1,  // sold out or withdrawn
  kDisliked = 2,     // the person does not want it
  kOwned = 3,        // ordered before and not used up
  kAdult = 4,        // for adults, and the page does not ask for that
  kRegion = 5,       // not sold where the page is
  kResting = 6,      // shown again and again and left
};

// In snake case: "unavailable", "disliked", ...
std::string_view WithheldName(Withheld reason);

struct Candidate {
  const pack::Shop& shop;
  ItemIndex item;
  const ItemState& state;
  size_t order_days;   // UTC days on which the person ordered it
  bool ordered_today;  // the last of them is the day of the request
  bool rests;
};

std::optional<Withheld> RuleStock(const Candidate& candidate, const ShelfRequest& request);
std::optional<Withheld> RuleDisliked(const Candidate& candidate, const ShelfRequest& request);
std::optional<Withheld> RuleOwned(const Candidate& candidate, const ShelfRequest& request);
std::optional<Withheld> RuleAdult(const Candidate& candidate, const ShelfRequest& request);
std::optional<Withheld> RuleRegion(const Candidate& candidate, const ShelfRequest& request);
std::optional<Withheld> RuleRest(const Candidate& candidate, const ShelfRequest& request);

// The first reason in the order above, or nothing.
std::optional<Withheld> WhyWithheld(const Candidate& candidate, const ShelfRequest& request);

}  // namespace baya::recommend
