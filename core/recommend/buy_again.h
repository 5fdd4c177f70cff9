// Whether the visitor is due to buy an item again.
//
// Nothing right after a purchase, the whole term once the item's usual interval has passed:
// share of customers who come back for it, times the logarithm of this person's own orders.
#pragma once

#include <cstdint>

#include "pack/popularity.h"
#include "recommend/history.h"

namespace baya::recommend {

// In units of 2^-30; 0 for an item never ordered. `blend` is pack::Blend::repeat.
int64_t BuyAgainScore(const pack::Popularity& popularity, uint16_t blend, ItemIndex item,
                      const ItemState& state, int64_t day);

}  // namespace baya::recommend
