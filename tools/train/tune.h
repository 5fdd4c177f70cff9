// Choosing the settings that data must choose, on a slice of the training users.
#pragma once

#include <vector>

#include "train/shop.h"

namespace baya::tools {

// A slice of the users for whom `keep` holds is set aside (validation.h); the others train. First
// the ridge penalty and the weight of content are chosen, then the blend (blend.h), for the best
// Recall@20 of the packed model by the device's code. Returns `settings` with those replaced, or as
// they are when the slice is too small. What it saw goes to stderr.
ShopSettings Tune(const Log& log, const std::vector<bool>& keep, ShopSettings settings);

}  // namespace baya::tools
