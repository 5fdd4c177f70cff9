// The pack's item-to-item table, turned round so that one event touches one row.
#pragma once

#include <cstdint>
#include <vector>

#include "pack/model.h"
#include "recommend/interaction.h"

namespace baya::recommend {

// Sums the table's rows over a history. An item's sum is at most
// pack::kMaxSourcesPerItem * 127 * 1024 < 2^23 in size, because strengths are within [-1, 1].
class ItemTable {
 public:
  // Borrows `model`, which must outlive the table. O(stored weights).
  explicit ItemTable(const pack::Model& model);

  void Clear();

  // Changes the strength of `source` by `delta_q10`. O(length of the source's row).
  void Add(ItemIndex source, int32_t delta_q10);

  // In units of 2^-30: the table's weight 1 times the strength 1 is 2^30.
  int64_t Score(ItemIndex item) const {
    return static_cast<int64_t>(sums_[item]) * model_->scale(item);
  }

 private:
  const pack::Model* model_;
  std::vector<uint32_t> begins_;    // [n + 1]
  std::vector<ItemIndex> targets_;  // [begins_[n]], ascending within a row
  std::vector<int8_t> weights_;     // [begins_[n]]
  std::vector<int32_t> sums_;       // [n]
};

}  // namespace baya::recommend
