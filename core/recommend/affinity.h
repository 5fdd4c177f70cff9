// How much the visitor leans to each attribute, and what that says about an item.
//
// The leaning is the sum of the strengths of the items that have the attribute. Its logarithm
// counts: the tenth lantern says less than the second.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "pack/attributes.h"
#include "recommend/interaction.h"
#include "recommend/score_board.h"

namespace baya::recommend {

using pack::AttributeId;

class Affinity {
 public:
  // Borrows `attributes`, which must outlive it. `blend` is pack::Blend::attribute.
  Affinity(const pack::Attributes& attributes, uint16_t blend);

  // Changes the strength of `item` by `delta_q10`. O(its attributes). No board knows of it before
  // Settle.
  void Add(ItemIndex item, int32_t delta_q10);

  // The person's own word for an attribute in place of what was inferred: 0 mutes it. nullopt
  // returns to the inferred value.
  void Declare(AttributeId attribute, std::optional<int32_t> leaning_q10);

  // Inferred or declared. Q10, 1024 for one fresh purchase.
  int64_t Leaning(AttributeId attribute) const;
  bool IsDeclared(AttributeId attribute) const { return declared_[attribute].has_value(); }

  // What one attribute adds to any item that has it, in units of 2^-30.
  int64_t Points(AttributeId attribute) const { return points_[attribute]; }

  // Of the attribute, ascending.
  std::span<const ItemIndex> items(AttributeId attribute) const {
    return {items_.data() + begins_[attribute], begins_[attribute + 1] - begins_[attribute]};
  }

  // Brings `board`, the same in every call, to where each item has the Points of its attributes.
  // O(items of the attributes that changed), at most O(attributes of all items).
  void Settle(ScoreBoard& board);

 private:
  void Refresh(AttributeId attribute);
  void SettleEveryItem(ScoreBoard& board);

  const pack::Attributes* attributes_;
  uint16_t blend_;
  std::vector<int64_t> inferred_q10_;             // [m]
  std::vector<int64_t> points_;                   // [m]
  std::vector<int64_t> settled_;                  // [m]; the points that the board has
  std::vector<int64_t> differences_;              // [m]; zeros between calls
  std::vector<AttributeId> changed_;              // where the two may differ
  std::vector<uint32_t> begins_;                  // [m + 1]
  std::vector<ItemIndex> items_;                  // [begins_[m]]; of each attribute, ascending
  std::vector<std::optional<int32_t>> declared_;  // [m]
};

}  // namespace baya::recommend
