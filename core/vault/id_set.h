// A set of numbers as an ascending vector: sets here are small, or filled in ascending order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/sort.h"

namespace baya::vault {

class IdSet {
 public:
  IdSet() = default;
  // In any order, and more than once.
  explicit IdSet(std::vector<uint64_t> ids) : ids_(std::move(ids)) {
    StableSort(ids_);
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
  }

  // False when it was there already.
  bool Add(uint64_t id) {
    if (Has(id)) return false;
    InsertSorted(ids_, id);
    return true;
  }
  void Remove(uint64_t id) {
    const auto place = std::lower_bound(ids_.begin(), ids_.end(), id);
    if (place != ids_.end() && *place == id) ids_.erase(place);
  }
  bool Has(uint64_t id) const { return std::binary_search(ids_.begin(), ids_.end(), id); }
  void Clear() { ids_.clear(); }

  bool empty() const { return ids_.empty(); }
  size_t size() const { return ids_.size(); }

  // Ascending.
  auto begin() const { return ids_.begin(); }
  auto end() const { return ids_.end(); }

 private:
  std::vector<uint64_t> ids_;
};

}  // namespace baya::vault
