// How often two items were bought by the same person, and how alike their catalogue entries are.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "train/features.h"
#include "train/user_items.h"

namespace baya::tools {

struct GramEntry {
  uint32_t item = 0;
  float count = 0;    // users who bought both
  float content = 0;  // cosine of the content vectors, [0, 1]
};

class Gram {
 public:
  // `content` [n]: unit vectors or empty ones. Pairs that fewer than `min_support` users bought
  // are left out, as if nobody had bought them; above 1, so are pairs that are only alike.
  //
  // O(sum of the squared sizes of the users' rows); memory for the pairs that are kept.
  Gram(const UserItems& users, const std::vector<std::vector<ItemFeature>>& content,
       uint32_t min_support);

  uint32_t size() const { return static_cast<uint32_t>(rows_.size()); }
  // Ascending items, the diagonal included; both numbers zero are left out.
  std::span<const GramEntry> row(uint32_t item) const { return rows_[item]; }

  // Entries of all rows.
  size_t entries() const;

 private:
  std::vector<std::vector<GramEntry>> rows_;
};

}  // namespace baya::tools
