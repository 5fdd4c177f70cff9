// Choosing the settings that data must choose, on a slice of the training users.
#pragma once

#include <vector>

#include "train/shop.h"

namespace baya::tools {

// A fifth of the users for whom `keep` holds and who have five items or more, at most 1,200, is
// set aside; the others train. First the ridge penalty and the weight of content are chosen, then
// that of attributes, each for the best Recall@20 of the packed model by the device's code.
// Returns `settings` with those three replaced, or as they are when fewer than 50 users can be
// set aside. What it saw goes to stderr.
ShopSettings Tune(const Log& log, const std::vector<bool>& keep, ShopSettings settings);

}  // namespace baya::tools
