// Fits the scorecard for buying again on the last weeks of a log, in slices.
//
// For each slice a model is trained on what came before it. For every basket of the slice, the
// items that the person had before and the 60 best new ones are ranked against each other by a
// conditional logit (McFadden 1974): one weight for the score that the device gives without this
// term, and one for each bin and amount of the card. Divided by the former, the latter are points
// on the score's own scale, so that one list holds old and new items.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "pack/writer/sections.h"
#include "train/log.h"
#include "train/popularity.h"

namespace baya::tools {

struct ShopSettings;

struct RepeatSettings {
  uint32_t days = 30;       // of a slice
  uint32_t slices = 4;      // one before the other, from the end of the log; at most
  uint32_t baskets = 3000;  // of a slice, at most
  double ridge = 60;        // on each weight, in baskets
};

// Bins of what all customers do with an item: share who came back, recent sales, recent sales for
// each customer, customers, sales of the last week.
inline constexpr std::array<uint8_t, 5> kItemBins = {8, 8, 9, 8, 8};
inline constexpr size_t kItemPoints = 8 + 8 + 9 + 8 + 8;

// Points on the scale of the score, before they are rounded.
struct RepeatFit {
  double context = 0;
  std::array<double, pack::kRepeatPoints> points{};
  std::array<double, pack::kRepeatAmounts> slopes{};
  std::array<double, kItemPoints> item_points{};

  // [n] in the order of `counts`.
  pack::RepeatCard Card(const std::vector<ItemCounts>& counts) const;
};

// The bins of an item, as places in RepeatFit::item_points.
std::array<uint8_t, kItemBins.size()> ItemBinsOf(const ItemCounts& counts);

// nullopt when the last slice has fewer than 200 baskets, or the score says nothing in the slices;
// an earlier slice with fewer is left out. Learns from
// users for whom `keep` holds.
std::optional<RepeatFit> FitRepeat(const Log& log, const std::vector<bool>& keep,
                                   const ShopSettings& shop, const RepeatSettings& settings);

}  // namespace baya::tools
