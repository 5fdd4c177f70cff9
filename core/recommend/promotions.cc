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
  const auto found = std::find_if(shelf.begin(), shelf.end(), [&item](const RankedItem& other) {
    return other.item == item.item;
  });
  if (found != shelf.end()) {
    if (static_cast<size_t>(found - shelf.begin()) <= place) return;
    item = *found;
    shelf.erase(found);
  }
  if (place >= shelf.size()) return;
  const int64_t lift = std::max<int64_t>(shelf[place].score - item.score, 1);
  item.score += lift;
  item.promoted += lift;
  shelf.insert(shelf.begin() + static_cast<ptrdiff_t>(place), item);
  if (shelf.size() > k) shelf.pop_back();
}

}  // namespace baya::recommend
