// "Strong generalisation": people the model has never seen, four fifths of whose items it is told.
//
// Liang et al., "Variational Autoencoders for Collaborative Filtering", WWW 2018, §4.2, with
// five folds over all users of five items or more. Users and items are numbered by ascending
// name; users are permuted by numpy's default_rng(98765) and cut into folds as by
// numpy.array_split; the items of user u are parted with default_rng(u + 1).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "train/device_ranker.h"
#include "train/held_out.h"
#include "train/log.h"
#include "train/shop.h"

namespace baya::tools {

struct StrongOptions {
  uint32_t folds = 1;  // of five, from the first on
  uint32_t users = 0;  // 0: all; else this many, chosen by default_rng(users), for a quick look
  bool dense = true;   // measure dense EASE as well
  bool tune = true;    // choose the settings of all models on training users of each fold
  ShopSettings shop;
  DeviceBuild build{};  // what ranks for the pack
};

struct StrongReport {
  uint32_t users = 0, items = 0;
  size_t ones = 0;
  uint32_t min_support = 1;
  std::vector<uint32_t> customers;  // of each item, in the whole log
  // Over the people of all measured folds, in one order; empty for what was not measured.
  // `unprotected` is the pack at a support of 1, measured when the pack's is larger.
  std::vector<Quality> popularity, item_knn, ease, pack, unprotected;
  // The pack again for those who told ten items or more, when it is told the first 1, 2, 5 or 10.
  std::array<std::vector<Quality>, 4> short_histories;
  // Means over the folds, of the section as gzip: model alone, what a ranking needs beside it
  // (popularity and attributes), and the catalogue.
  double model_bytes = 0, ranking_bytes = 0, catalogue_bytes = 0;
};

inline constexpr std::array<size_t, 4> kHistoryLengths = {1, 2, 5, 10};

StrongReport RunStrong(const Log& log, const StrongOptions& options);

// For people to read: a table with standard errors and the pack's paired differences with their
// 95 % intervals. Coverage is the share of the items that are in anybody's first 20; the tail is
// all items but the most-bought fifth.
std::string StrongText(const StrongReport& report);

}  // namespace baya::tools
