// The split of the LightGCN benchmarks: everybody is known in training, some of each user's items
// are kept back.
//
// He et al., "LightGCN", SIGIR 2020, and its files: one user a line, "user item item ...". Recall
// is hits among the first 20 divided by all of a user's test items; NDCG@20 has binary gains and
// an ideal of min(20, test items); every item that is not in the user's training row is ranked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "train/device_ranker.h"
#include "train/held_out.h"
#include "train/shop.h"

namespace baya::tools {

struct LightGcnOptions {
  std::string train, test;  // paths
  bool tune = true;         // on a slice of the training file's users (train/validation.h)
  ShopSettings shop;
  DeviceBuild build{};  // what ranks for the pack
};

struct LightGcnQuality {
  double recall_at_20 = 0;
  double ndcg_at_20 = 0;
};

struct LightGcnReport {
  size_t users = 0, items = 0, train_ones = 0, test_ones = 0;
  uint32_t min_support = 1;
  // Of the users with test items. item-kNN and dense EASE only up to 10,000 items.
  std::vector<LightGcnQuality> popularity, item_knn, ease, pack;
  size_t pack_bytes = 0;  // gzip, of what a ranking needs
};

// `top`: the first 20 of a ranking without the training items.
LightGcnQuality JudgeLightGcn(const std::vector<uint32_t>& top,
                              const std::vector<uint32_t>& wanted);

// Throws ToolError: a file that cannot be read, or without a user and an item.
LightGcnReport RunLightGcn(const LightGcnOptions& options);

// For people to read.
std::string LightGcnText(const LightGcnReport& report);

}  // namespace baya::tools
