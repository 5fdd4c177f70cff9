// Training: from a log to the four sections of a site pack that rank a shop.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "pack/writer/seal.h"
#include "pack/writer/sections.h"
#include "train/gram.h"
#include "train/local_ridge.h"
#include "train/log.h"
#include "train/popularity.h"
#include "train/repeat.h"

namespace baya::tools {

struct ShopSettings {
  RidgeSettings ridge;
  pack::Blend blend{
      .half_life_days = 180, .attribute = 64, .repeat = 4096, .popularity = 4, .trend = 2};
  std::optional<RepeatFit> repeat;  // nullopt: the pack has no scorecard for buying again
  uint8_t bits = 8;
  uint32_t min_items = 2;      // users with fewer different items teach no pair
  uint32_t min_attribute = 5;  // items that share a title word before it is an attribute

  // Ids that take the lowest numbers, in this order: the items of the pack published before.
  std::vector<std::string> numbered;
};

// What does not depend on the settings that a validation slice chooses. Items are numbered from
// here on: those of settings.numbered first, then by falling popularity, then by ascending id.
class Shop {
 public:
  // Learns from the users of `log` for whom `keep` holds; settings.ridge.min_support is fixed from
  // here on. `log` must outlive it.
  Shop(const Log& log, const std::vector<bool>& keep, const ShopSettings& settings);

  const Gram& gram() const { return gram_; }
  // The pack's item for each of the log's, and back.
  const std::vector<uint32_t>& pack_item() const { return pack_item_; }
  const std::vector<uint32_t>& log_item() const { return log_item_; }
  // Of an item of the pack.
  const ItemCounts& counts(uint32_t item) const { return counts_[log_item_[item]]; }

  // Throws ToolError when something does not fit into a pack.
  std::vector<pack::Section> Sections(const std::vector<std::vector<pack::WeightedSource>>& table,
                                      const ShopSettings& settings) const;

 private:
  std::vector<pack::CatalogueItem> CatalogueItems() const;

  const Log* log_;
  std::vector<ItemCounts> counts_;   // [n] in the log's numbering
  std::vector<uint32_t> log_item_;   // [n]
  std::vector<uint32_t> pack_item_;  // [n]
  std::vector<ItemFacts> facts_;     // [n] in the pack's numbering
  Gram gram_;                        // in the pack's numbering
};

}  // namespace baya::tools
