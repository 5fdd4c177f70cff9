// The items of pack::testing::LampsAndMugs by name, a day to live in, and shelves as items.
#pragma once

#include <cstdint>
#include <vector>

#include "recommend/ranked_item.h"

namespace baya::recommend::testing {

inline constexpr ItemIndex kLamp1 = 0, kMug1 = 1, kLamp2 = 2, kMug2 = 3, kLamp3 = 4, kMug3 = 5;

inline constexpr AttributeId kLamps = 0, kMugs = 1, kEco = 2;

inline constexpr int64_t kDayMs = 86'400'000;
inline constexpr int64_t kNow = 1000 * kDayMs;

inline std::vector<ItemIndex> Items(const std::vector<RankedItem>& shelf) {
  std::vector<ItemIndex> items;
  for (const RankedItem& ranked : shelf) items.push_back(ranked.item);
  return items;
}

}  // namespace baya::recommend::testing
