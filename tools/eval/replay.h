// Learning on the device: the log replayed in order, each customer an engine with a vault.
//
// The pack is trained on what was bought before `split_ms` and stays as it is. Before every later
// invoice two devices of the same customer make a shelf: one has taken in every earlier invoice,
// the other those before the split alone. What is measured is how much of the invoice each had on
// its shelf. Prequential evaluation: Gama, Sebastiao & Rodrigues, "On evaluating stream learning
// algorithms", Machine Learning 90, 2013.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "simulate/purchases.h"
#include "train/device_ranker.h"
#include "train/shop.h"

namespace baya::tools {

inline constexpr uint16_t kReplayShelf = 20;

struct ReplayOptions {
  std::string interactions, catalogue;  // paths, as LogOptions
  int64_t split_ms = 0;
  int64_t until_ms = INT64_MAX;
  size_t most_customers = 0;  // 0: all who bought after the split; else the first by id
  bool tune = true;           // choose the pack's settings on rows before the split
  ShopSettings shop;
  DeviceBuild build{};  // what ranks for the pack
};

// One invoice after the split.
struct ReplayedInvoice {
  uint32_t before = 0;  // the customer's invoices before it
  uint32_t since = 0;   // of those, the ones after the split: what the frozen device lacks
  double adaptive = 0, frozen = 0;  // share of min(20, its items) that were on the shelf
};

struct ReplayReport {
  size_t customers = 0;
  std::vector<ReplayedInvoice> invoices;
};

// Throws ToolError.
ReplayReport RunReplay(const ReplayOptions& options);

// For people to read: hit rate and recall of both, and the paired difference, by history length.
std::string ReplayText(const ReplayReport& report);

}  // namespace baya::tools
