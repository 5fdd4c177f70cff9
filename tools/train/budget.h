// How many sources and bits a pack can afford: the quality-for-size curve, and the best point of
// it that fits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "train/shop.h"

namespace baya::tools {

using ItemTable = std::vector<std::vector<pack::WeightedSource>>;

struct SizePoint {
  uint32_t keep = 0;
  uint8_t bits = 0;
  size_t gzip = 0;     // of model, popularity and attributes: what a ranking needs
  double recall = -1;  // Recall@20 on the validation slice, by the device's code; -1: not measured
};

// The `keep` largest weights of each item.
ItemTable Largest(const ItemTable& table, uint32_t keep);

// The gzip length of what a ranking needs; the catalogue's text is apart.
size_t RankingBytes(const std::vector<pack::Section>& sections);

// keep 4, 6, 8, 12, 16, 24 by 4 and 8 bits, and last 64 sources of 8 bits, which stands for the
// unpacked model. Sizes are those of `shop` with `table`, which was learned with keep 64; recall
// is of a model learned without the slice that is set aside (validation.h).
std::vector<SizePoint> QualityForSize(const Log& log, const std::vector<bool>& keep,
                                      const Shop& shop, const ItemTable& table,
                                      const ShopSettings& settings);

// The point of at most `budget` bytes with the best recall, the smaller one of equals; without
// recalls the largest that fits. Throws ToolError when none fits.
SizePoint BestWithin(const std::vector<SizePoint>& points, size_t budget);

// For people to read.
std::string SizeCurveText(const std::vector<SizePoint>& points);

// "300KB", "3MB" or a number of bytes; a KB is 1,000 bytes. Throws ToolError.
size_t ParseBudget(std::string_view text);

}  // namespace baya::tools
