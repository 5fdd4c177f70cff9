// Users of the training data who are set aside to choose settings on.
#pragma once

#include <vector>

#include "train/held_out.h"
#include "train/user_items.h"

namespace baya::tools {

struct ValidationSlice {
  std::vector<bool> train;  // [users]
  std::vector<HeldOut> people;

  // Fewer than 50 people tell settings apart by chance alone.
  bool enough() const { return people.size() >= 50; }
};

// A fifth of the users for whom `keep` holds and who have five items or more, at most 1,200.
ValidationSlice SetAside(const UserItems& users, const std::vector<bool>& keep);

}  // namespace baya::tools
