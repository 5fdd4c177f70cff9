// A set of numbers as an ascending vector: sets here are small, or filled in ascending order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/sort.h"

namespace baya::vault {

template <typename Id>
class IdSet {
 public:
  IdSet() = default;
  // In any order, and more than once.
  explicit IdSet(std::vector<Id> ids) : ids_(std::move(ids)) {
    StableSort(ids_);
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
  }

  // False when it was there already.
  bool Add(Id id) {
    const auto place = std::lower_bound(ids_.begin(), ids_.end(), id);
    if (place != ids_.end() && *place == id) return false;
    ids_.insert(place, id);
    return true;
  }
  void Remove(Id id) {
    const auto place = std::lower_bound(ids_.begin(), ids_.end(), id);
    if (place != ids_.end() && *place == id) ids_.erase(place);
  }
  bool Has(Id id) const { return std::binary_search(ids_.begin(), ids_.end(), id); }
  void Clear() { ids_.clear(); }

  bool empty() const { return ids_.empty(); }
  size_t size() const { return ids_.size(); }

  // Ascending.
  auto begin() const { return ids_.begin(); }
  auto end() const { return ids_.end(); }

 private:
  std::vector<Id> ids_;
};

}  // namespace baya::vault
