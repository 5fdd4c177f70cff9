#include "recommend/promotions.h"

#include <algorithm>

namespace baya::recommend {

int64_t BoostOf(const ShelfRequest& request, ItemIndex item) {
  int64_t points = 0;
  for (const Promotion& promotion : request.promotions) {
    if (promotion.item == item) points += promotion.points;
  }
  return points;
}

void Pin(RankedItem item, size_t place, size_t k, std::vector<RankedItem>& shelf) {
  size_t from = 0;
  while (from < shelf.size() && shelf[from].item != item.item) ++from;
  if (from <= place) return;
  if (from < shelf.size()) {
    item = shelf[from];
  } else {
    shelf.push_back(item);
  }
  const int64_t lift = std::max<int64_t>(shelf[place].score - item.score, 1);
  item.score += lift;
  item.promoted += lift;
  for (; from > place; --from) shelf[from] = shelf[from - 1];
  shelf[place] = item;
  if (shelf.size() > k) shelf.pop_back();
}

}  // namespace baya::recommend
