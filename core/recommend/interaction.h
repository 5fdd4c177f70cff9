// One thing a visitor did with one item, as far as ranking is concerned.
#pragma once

#include <cstdint>

#include "pack/catalogue.h"

namespace baya::recommend {

using pack::ItemIndex;

enum class InteractionKind : uint8_t {
  kViewed = 1,
  kClicked = 2,  // on a list or a shelf
  kAdded = 3,    // to the cart
  kRemoved = 4,  // from the cart
  kOrdered = 5,
  kLiked = 6,
  kDisliked = 7,
};

struct Interaction {
  ItemIndex item = 0;
  InteractionKind kind = InteractionKind::kViewed;
  int64_t time_ms = 0;              // since 1970-01-01T00:00:00Z
  uint16_t weight_permille = 1000;  // 0: without effect; above 1000 counts as 1000
};

}  // namespace baya::recommend
