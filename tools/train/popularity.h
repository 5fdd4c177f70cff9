// Who buys what how often: popularity, trend and repeat purchases of each item.
#pragma once

#include <vector>

#include "pack/writer/sections.h"
#include "train/log.h"

namespace baya::tools {

struct ItemCounts {
  pack::ItemPopularity popularity;
  uint32_t users = 0;
  uint32_t recent_visits = 0;  // customers and days, of the last 30
  uint32_t week_visits = 0;    // of the last 7
  uint32_t repeat_users = 0;   // bought it on two days or more
};

// [n] over the rows of users for whom `keep` holds. What fewer than `min_support` users did is as
// if nobody had: an item that fewer bought has no counts, one to which fewer came back no repeats,
// and one that fewer bought of late has the trend of an item that nobody bought of late.
std::vector<ItemCounts> CountItems(const Log& log, const std::vector<bool>& keep,
                                   uint32_t min_support);

}  // namespace baya::tools
