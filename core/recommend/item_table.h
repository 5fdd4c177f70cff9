// The pack's item-to-item table, turned round so that one event touches one row.
#pragma once

#include <cstdint>
#include <vector>

#include "pack/model.h"
#include "recommend/interaction.h"
#include "recommend/score_board.h"

namespace baya::recommend {

// Adds the table's rows to a board, in units of 2^-30: the table's weight 1 times the strength 1 is
// 2^30. An item has at most pack::kMaxSourcesPerItem sources of strengths within [-1, 1], so that
// what it gets stays below 64 * 127 * 1024 * 2^16 < 2^39 in size.
class ItemTable {
 public:
  // Borrows `model`, which must outlive the table. O(stored weights).
  explicit ItemTable(const pack::Model& model);

  // Changes the strength of `source` by `delta_q10`. O(length of the source's row).
  void Add(ItemIndex source, int32_t delta_q10, ScoreBoard& board) const;

 private:
  void Spread(ItemIndex item);

  const pack::Model* model_;
  std::vector<uint32_t> begins_;  // [n + 2]; the last is not used
  // The target in the upper 24 bits, its weight in the lower 8; ascending within a row.
  std::vector<uint32_t> entries_;  // [begins_[n]]
};

}  // namespace baya::recommend
