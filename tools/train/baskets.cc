#include "train/baskets.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "lib/numpy_random.h"

namespace baya::tools {

std::vector<std::vector<Basket>> BasketsOf(const Log& log) {
  std::vector<std::vector<Basket>> baskets(log.users.size());
  std::unordered_map<uint64_t, size_t> places;
  for (const Interaction& row : log.interactions) {
    std::vector<Basket>& own = baskets[row.user];
    const uint64_t key = uint64_t{row.user} << 32 | row.basket;
    const auto [found, added] = places.try_emplace(key, own.size());
    if (added) own.push_back({row.basket, row.time_ms, {}});
    Basket& basket = own[found->second];
    basket.time_ms = std::min(basket.time_ms, row.time_ms);
    basket.items.push_back(row.item);
  }
  for (std::vector<Basket>& own : baskets) {
    for (Basket& basket : own) {
      std::sort(basket.items.begin(), basket.items.end());
      basket.items.erase(std::unique(basket.items.begin(), basket.items.end()), basket.items.end());
    }
    std::sort(own.begin(), own.end(), [](const Basket& a, const Basket& b) {
      return std::tuple(a.time_ms, a.id) < std::tuple(b.time_ms, b.id);
    });
  }
  return baskets;
}

std::vector<NextBasket> NextBaskets(const std::vector<std::vector<Basket>>& baskets,
                                    int64_t from_ms, int64_t before_ms, uint32_t most,
                                    uint32_t seed) {
  std::vector<NextBasket> next;
  for (uint32_t user = 0; user < baskets.size(); ++user) {
    const std::vector<Basket>& own = baskets[user];
    if (own.empty() || own[0].time_ms >= from_ms) continue;
    for (uint32_t place = 1; place < own.size(); ++place) {
      if (own[place].time_ms < from_ms || own[place].time_ms >= before_ms) continue;
      next.push_back({user, place});
    }
  }
  if (next.size() <= most) return next;
  NumpyRandom(seed).Shuffle(next);
  next.resize(most);
  std::sort(next.begin(), next.end(), [](const NextBasket& a, const NextBasket& b) {
    return std::tuple(a.user, a.place) < std::tuple(b.user, b.place);
  });
  return next;
}

int64_t EndOf(const Log& log, const std::vector<bool>& keep) {
  int64_t end = INT64_MIN;
  for (const Interaction& row : log.interactions) {
    if (keep[row.user]) end = std::max(end, row.time_ms + 1);
  }
  return end == INT64_MIN ? 0 : end;
}

Log RowsBefore(const Log& log, int64_t before_ms, const std::vector<bool>& keep) {
  Log before{log.users, log.items, {}, log.currency};
  for (const Interaction& row : log.interactions) {
    if (keep[row.user] && row.time_ms < before_ms) before.interactions.push_back(row);
  }
  return before;
}

}  // namespace baya::tools
