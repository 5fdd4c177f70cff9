// Items that the shop itself wants to be seen: told to the person as such.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "recommend/ranked_item.h"
#include "recommend/shelf_request.h"

namespace baya::recommend {

// What the shop adds to an item's score.
int64_t BoostOf(const ShelfRequest& request, ItemIndex item);

// Moves `item` up to `place` (0 is the first) unless it stands there or higher by its score.
// `promoted` becomes what it takes to stand there, and at least 1. At most k places stay.
void Pin(RankedItem item, size_t place, size_t k, std::vector<RankedItem>& shelf);

}  // namespace baya::recommend
