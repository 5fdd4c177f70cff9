// What a shelf is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "pack/attributes.h"
#include "recommend/interaction.h"

namespace baya::recommend {

using pack::AttributeId;

enum class Bought : uint8_t {
  kHide,           // never what was ordered before
  kReplenishable,  // only what the catalogue calls replenishable
  kShow,
};

// What the shop itself wants to be seen.
struct Promotion {
  ItemIndex item = 0;
  uint32_t place = 0;  // on a varied shelf no lower than this, 1 is the first; 0: anywhere
  int64_t points = 0;  // added to the item's score; at least 0, below 2^40
};

struct ShelfRequest {
  uint32_t k = 20;                       // [1, 1000]
  std::span<const ItemIndex> exclude{};  // any order; not on the shelf
  Bought bought = Bought::kReplenishable;
  bool adult = false;                   // items flagged kAdult may appear
  std::optional<AttributeId> region{};  // items of certain regions appear in this one alone

  // For a person, not for a measurement of the model: not by score alone (diversity.h), and
  // without what they left on the shelf again and again (rule_rest.cc).
  bool varied = false;
  std::optional<AttributeId> asked{};       // the category that the person asked for: no cap
  std::span<const Promotion> promotions{};  // each item once; with `varied` only

  // So many of the last places, never the first of all, may try out a kind that the person has
  // dealt little with (exploration.h). With `varied` only, and not where they asked for a category.
  uint32_t exploring = 0;
  uint64_t seed = 0;  // of what is tried; the same shelf for as long as it stays
};

}  // namespace baya::recommend
