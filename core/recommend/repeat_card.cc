#include "recommend/repeat_card.h"

#include <algorithm>

#include "recommend/fixed_point.h"

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

// Visits after which an order counts half. 3 is about the group decay of TIFU-kNN (Hu et al.,
// SIGIR 2020), which on this kind of log is between .7 and .9 a visit; 14 is .95 a visit.
constexpr uint16_t kSoon = 3, kLate = 14;

int64_t VisitsSince(std::span<const int64_t> visit_days, int64_t day) {
  return visit_days.end() - std::upper_bound(visit_days.begin(), visit_days.end(), day);
}

// Orders, each faded by the visits since.
int32_t FadedQ10(std::span<const int64_t> order_days, std::span<const int64_t> visit_days,
                 uint16_t half_life) {
  int32_t sum = 0;
  for (const int64_t day : order_days) sum += DecayQ10(VisitsSince(visit_days, day), half_life);
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

RepeatFacts RepeatFactsOf(std::span<const int64_t> order_days, std::span<const int64_t> visit_days,
                          int64_t day, uint8_t usual_days) {
  const auto orders = static_cast<int64_t>(order_days.size());
  const auto visits = static_cast<int64_t>(visit_days.size());
  const int64_t age = std::max<int64_t>(day - order_days.back(), 0);
  const int64_t span = order_days.back() - order_days.front();
  const int32_t faded_q10 = FadedQ10(order_days, visit_days, kSoon);
  RepeatFacts facts;
  facts.bins = {BinOf(orders, kOrders),
                BinOf(orders * 100 / visits, kShare),
                BinOf(VisitsSince(visit_days, order_days.back()), kVisitsSince),
                BinOf(age, kAge),
                BinOf(visits, kVisits),
                BinOf(PaceOf(age, orders - 1, span), kPace),
                BinOf(PaceOf(age, 1, usual_days), kPace),
                BinOf(faded_q10, kFadedQ10)};
  uint8_t begin = 0;
  for (size_t feature = 0; feature < facts.bins.size(); ++feature) {
    facts.bins[feature] = static_cast<uint8_t>(facts.bins[feature] + begin);
    begin = static_cast<uint8_t>(begin + pack::kRepeatBins[feature]);
  }
  facts.amounts_q10 = {Log2Q10(orders * kOneQ10), Log2Q10(int64_t{faded_q10} * kOneQ10),
                       static_cast<int32_t>(orders * kOneQ10 / visits),
                       FadedQ10(order_days, visit_days, kLate)};
  return facts;
}

int64_t RepeatScore(const pack::Repeat& repeat, ItemIndex item, const RepeatFacts& facts,
                    int64_t rest) {
  int64_t points_q20 = int64_t{repeat.item_points(item)} * (1 << 15);  // of 2^-5
  for (const uint8_t bin : facts.bins) points_q20 += int64_t{repeat.points(bin)} * (1 << 10);
  for (size_t i = 0; i < facts.amounts_q10.size(); ++i) {
    points_q20 += int64_t{repeat.slope(i)} * facts.amounts_q10[i];
  }
  return points_q20 * (1 << 10) + rest * repeat.context() / (1 << 12);
}

}  // namespace baya::recommend
