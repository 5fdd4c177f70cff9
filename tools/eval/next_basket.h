// "Next basket": what people buy after a day on which the model was frozen.
//
// The model knows rows before the split alone; the device knows everything that its person bought
// before the basket, also after the split. Baskets are those of people who had one before the
// split, and of a basket those items count that somebody bought before the split: no model can
// name others. "All" ranks every item, "repeat" those that the person had before, "new" the
// others; a basket counts where it has an item of the kind. Recall@20 is divided by min(20,
// wanted); standard errors are over baskets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "train/device_ranker.h"
#include "train/log.h"
#include "train/shop.h"

namespace baya::tools {

struct NextBasketOptions {
  int64_t split_ms = 0;
  std::optional<int64_t> before_ms;  // baskets from this time on are not looked at
  uint32_t baskets = 2500;           // chosen by default_rng(98765) when there are more
  bool dense = true;
  bool tune = true;  // choose the settings of the pack and of the models beside it
  ShopSettings shop;
  RepeatSettings repeat;
  DeviceBuild build{};  // what ranks for the pack
};

struct BasketQuality {
  double recall_at_20 = 0;
  double ndcg_at_20 = 0;
};

struct BasketModel {
  std::string name;
  std::vector<BasketQuality> all, repeat, fresh;  // models have the same baskets in each
};

struct NextBasketReport {
  size_t training_baskets = 0;
  double repeat_share = 0;                    // of all wanted items
  std::vector<uint32_t> earlier;              // [all]; baskets before each one
  std::vector<BasketModel> models;            // the pack's first
  double model_bytes = 0, ranking_bytes = 0;  // gzip, an item: as in StrongReport
};

// Throws ToolError when there are fewer than two baskets of a kind.
NextBasketReport RunNextBasket(const Log& log, const NextBasketOptions& options);

// For people to read: means with standard errors, and the pack's paired differences.
std::string NextBasketText(const NextBasketReport& report);

}  // namespace baya::tools
