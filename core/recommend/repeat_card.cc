#include "recommend/repeat_card.h"

#include <algorithm>

namespace baya::recommend {
namespace {

// Where each feature's next bin begins (core/docs/formats/pack.md §9); about logarithmic, because
// a second order says more than an eleventh. Ages follow weeks and months.
constexpr int64_t kOrders[] = {2, 3, 4, 5, 7, 10, 15};
constexpr int64_t kShare[] = {5, 10, 15, 20, 30, 40, 50, 70, 90};
constexpr int64_t kVisitsSince[] = {1, 2, 3, 4, 6, 9, 14, 20};
constexpr int64_t kAge[] = {1, 2, 3, 4, 8, 15, 22, 29, 43, 61, 91, 121, 181};
constexpr int64_t kVisits[] = {2, 3, 5, 8, 13, 20, 40};
constexpr int64_t kPace[] = {0, 10, 25, 50, 75, 100, 150, 200, 300};
constexpr int64_t kFadedQ10[] = {102, 205, 410, 614, 819, 1024, 1536, 2048, 3072};

// 0.8^k in Q10, rounded: an order k visits ago. The group decay of TIFU-kNN (Hu et al., SIGIR
// 2020) on this kind of log is between .7 and .9.
constexpr std::array<uint16_t, 35> MakeFading() {
  std::array<uint16_t, 35> table{};
  uint64_t value_q40 = uint64_t{1} << 40;
  for (uint16_t& entry : table) {
    entry = static_cast<uint16_t>((value_q40 + (uint64_t{1} << 29)) >> 30);
    value_q40 = value_q40 * 4 / 5;
  }
  return table;
}

constexpr std::array<uint16_t, 35> kFadingQ10 = MakeFading();

int64_t VisitsSince(std::span<const int64_t> visit_days, int64_t day) {
  return visit_days.end() - std::upper_bound(visit_days.begin(), visit_days.end(), day);
}

int64_t FadedQ10(std::span<const int64_t> order_days, std::span<const int64_t> visit_days) {
  int64_t sum = 0;
  for (const int64_t day : order_days) {
    const int64_t since = VisitsSince(visit_days, day);
    if (since < static_cast<int64_t>(kFadingQ10.size()))
      sum += kFadingQ10[static_cast<size_t>(since)];
  }
  return sum;
}

// Percent of an interval; -1 where there is none.
int64_t PaceOf(int64_t age, int64_t intervals, int64_t days) {
  return intervals > 0 && days > 0 ? age * 100 * intervals / days : -1;
}

uint8_t BinOf(int64_t value, std::span<const int64_t> begins) {
  return static_cast<uint8_t>(std::upper_bound(begins.begin(), begins.end(), value) -
                              begins.begin());
}

}  // namespace

RepeatBins RepeatBinsOf(std::span<const int64_t> order_days, std::span<const int64_t> visit_days,
                        int64_t day, uint8_t usual_days) {
  const auto orders = static_cast<int64_t>(order_days.size());
  const auto visits = static_cast<int64_t>(visit_days.size());
  const int64_t age = std::max<int64_t>(day - order_days.back(), 0);
  const int64_t span = order_days.back() - order_days.front();
  RepeatBins bins = {BinOf(orders, kOrders),
                     BinOf(orders * 100 / visits, kShare),
                     BinOf(VisitsSince(visit_days, order_days.back()), kVisitsSince),
                     BinOf(age, kAge),
                     BinOf(visits, kVisits),
                     BinOf(PaceOf(age, orders - 1, span), kPace),
                     BinOf(PaceOf(age, 1, usual_days), kPace),
                     BinOf(FadedQ10(order_days, visit_days), kFadedQ10)};
  uint8_t begin = 0;
  for (size_t feature = 0; feature < bins.size(); ++feature) {
    bins[feature] = static_cast<uint8_t>(bins[feature] + begin);
    begin = static_cast<uint8_t>(begin + pack::kRepeatBins[feature]);
  }
  return bins;
}

int64_t RepeatScore(const pack::Repeat& repeat, ItemIndex item, const RepeatBins& bins,
                    int64_t rest) {
  int64_t points = int64_t{repeat.item_points(item)} * (1 << 6);  // 2^-6 to 2^-12
  for (const uint8_t bin : bins) points += repeat.points(bin);
  return points * (1 << 18) + rest * repeat.context() / (1 << 12);
}

}  // namespace baya::recommend
