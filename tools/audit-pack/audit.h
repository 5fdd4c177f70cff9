// Counts from a log, on its own, how many customers stand behind everything that a pack says of
// people.
//
// The rule: core/docs/formats/pack.md, "What a pack says of people". Nothing of the trainer's
// counting is used here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pack/site_pack.h"
#include "train/log.h"

namespace baya::tools {

struct PairSupport {
  uint32_t target = 0, source = 0;  // the pack's items
  uint32_t customers = 0;           // who have both
};

// Popularity, trend or repeat purchases of an item.
struct ItemSupport {
  uint32_t item = 0;
  uint32_t customers = 0;  // who bought it
  uint32_t came_back = 0;  // on two days or more
};

struct PackAudit {
  size_t pairs = 0;                      // stored with a weight other than zero
  size_t items = 0;                      // that the pack says anything of people about
  uint32_t smallest = UINT32_MAX;        // support of a pair
  std::vector<PairSupport> under_pairs;  // fewer than the minimum, in the pack's order
  std::vector<ItemSupport> under_items;

  bool passed() const { return under_pairs.empty() && under_items.empty(); }
};

// Throws ToolError when the pack holds no shop. Items that the log does not have count 0.
PackAudit AuditPack(const pack::SitePack& pack, const Log& log, uint32_t min_support);

// For people to read: what rests on too few, by id, then the totals.
std::string AuditText(const PackAudit& audit, const pack::Catalogue& catalogue,
                      uint32_t min_support);

}  // namespace baya::tools
