// A log as each person's baskets in time.
#pragma once

#include <cstdint>
#include <vector>

#include "train/log.h"

namespace baya::tools {

struct Basket {
  uint32_t id = 0;  // Interaction::basket
  int64_t time_ms = 0;
  std::vector<uint32_t> items;  // ascending, all different
};

// [users]: a person's baskets by time of their first row, then by id.
std::vector<std::vector<Basket>> BasketsOf(const Log& log);

// A basket to be foretold, and what came before it.
struct NextBasket {
  uint32_t user = 0;
  uint32_t place = 0;  // in the person's baskets; all before it are history
};

// Baskets in [from_ms, before_ms) of people who had one before `from_ms`, at most `most`, chosen
// by numpy's default_rng(seed); by person, then time.
std::vector<NextBasket> NextBaskets(const std::vector<std::vector<Basket>>& baskets,
                                    int64_t from_ms, int64_t before_ms, uint32_t most,
                                    uint32_t seed);

// One past the time of the last row of users for whom `keep` holds; 0 without any.
int64_t EndOf(const Log& log, const std::vector<bool>& keep);

// The same users and items with the rows before `before_ms` of users for whom `keep` holds.
Log RowsBefore(const Log& log, int64_t before_ms, const std::vector<bool>& keep);

}  // namespace baya::tools
