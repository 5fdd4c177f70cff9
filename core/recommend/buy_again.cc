#include "recommend/buy_again.h"

#include <algorithm>

#include "recommend/fixed_point.h"

namespace baya::recommend {
namespace {

// For an item whose interval the pack does not know: a month.
constexpr int64_t kUsualIntervalDays = 30;

}  // namespace

int64_t BuyAgainScore(const pack::Popularity& popularity, uint16_t blend, ItemIndex item,
                      const ItemState& state, int64_t day) {
  if (state.order_count == 0) return 0;
  const int64_t known = popularity.repeat_days(item);
  const int64_t interval = known > 0 ? known : kUsualIntervalDays;
  const int64_t age = std::clamp<int64_t>(day - state.last_order_day, 0, interval);
  const int64_t frequency_q10 = Log2Q10(int64_t{kOneQ10} + state.orders_q10);
  // 2^-12 (blend) * 2^-8 (rate) * 2^-10 (frequency) = 2^-30.
  return int64_t{blend} * popularity.repeat_rate(item) * frequency_q10 * age / interval;
}

}  // namespace baya::recommend
