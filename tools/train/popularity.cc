#include "train/popularity.h"
#include "lib/time_text.h"

#include <algorithm>
#include <cmath>

namespace baya::tools {
namespace {

constexpr int64_t kTrendDays = 30, kWeekDays = 7;

// Purchases that both sides of the trend are given, so that one sale is no trend.
constexpr double kTrendPrior = 5;

struct Visit {
  uint32_t item;
  uint32_t user;
  int64_t day;
  auto operator<=>(const Visit&) const = default;  // NOLINT(modernize-use-nullptr): its own 0
};

std::vector<Visit> VisitsOf(const Log& log, const std::vector<bool>& keep) {
  std::vector<Visit> visits;
  for (const Interaction& row : log.interactions) {
    if (keep[row.user]) visits.push_back({row.item, row.user, row.time_ms / kDayMs});
  }
  std::sort(visits.begin(), visits.end());
  visits.erase(std::unique(visits.begin(), visits.end()), visits.end());
  return visits;
}

uint8_t Median(std::vector<int64_t>& days) {
  if (days.empty()) return 0;
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
  std::nth_element(days.begin(), middle, days.end());
  return static_cast<uint8_t>(std::min<int64_t>(*middle, 255));
}

int8_t Trend(double recent, double all, double recent_share) {
  const double ratio = (recent + kTrendPrior) / (all * recent_share + kTrendPrior);
  return static_cast<int8_t>(std::clamp<long>(std::lround(16 * std::log2(ratio)), -127, 127));
}

// Visits from a day on, and the customers who made them.
struct Since {
  int64_t day;
  uint32_t visits = 0, users = 0;
  uint32_t last_user = 0;  // of those counted; visits come by user

  void Count(const Visit& visit) {
    if (visit.day < day) return;
    users += visits == 0 || visit.user != last_user;
    last_user = visit.user;
    ++visits;
  }

  uint32_t Supported(uint32_t min_support) const { return users < min_support ? 0 : visits; }
};

// One item's visits, ascending by user and day.
ItemCounts CountItem(const Visit* begin, const Visit* end, int64_t recent_day, double recent_share,
                     uint32_t min_support) {
  ItemCounts counts;
  std::vector<int64_t> gaps;
  Since recent{recent_day}, week{recent_day + kTrendDays - kWeekDays};
  for (const Visit* visit = begin; visit != end; ++visit) {
    recent.Count(*visit);
    week.Count(*visit);
    const bool first = visit == begin || visit[-1].user != visit->user;
    const bool second = !first && (visit - 1 == begin || visit[-2].user != visit->user);
    counts.users += first;
    counts.repeat_users += second;
    if (!first) gaps.push_back(visit->day - visit[-1].day);
  }
  counts.recent_visits = recent.Supported(min_support);
  counts.week_visits = week.Supported(min_support);
  counts.popularity.trend =
      Trend(counts.recent_visits, static_cast<double>(end - begin), recent_share);
  counts.popularity.repeat_days = Median(gaps);
  if (counts.users > 0) {
    counts.popularity.repeat_rate =
        static_cast<uint8_t>(std::lround(255.0 * counts.repeat_users / counts.users));
  }
  return counts;
}

void Withhold(uint32_t min_support, ItemCounts& item) {
  if (item.repeat_users < min_support) {
    item.repeat_users = 0;
    item.popularity.repeat_rate = 0;
    item.popularity.repeat_days = 0;
  }
  if (item.users < min_support) item = {};
}

void SetLevels(std::vector<ItemCounts>& items) {
  uint32_t most = 1;
  for (const ItemCounts& item : items) most = std::max(most, item.users);
  for (ItemCounts& item : items) {
    item.popularity.level = static_cast<uint8_t>(
        std::lround(255 * std::log2(1.0 + item.users) / std::log2(1.0 + most)));
  }
}

}  // namespace

std::vector<ItemCounts> CountItems(const Log& log, const std::vector<bool>& keep,
                                   uint32_t min_support) {
  const std::vector<Visit> visits = VisitsOf(log, keep);
  int64_t first_day = INT64_MAX, last_day = INT64_MIN;
  for (const Visit& visit : visits) {
    first_day = std::min(first_day, visit.day);
    last_day = std::max(last_day, visit.day);
  }
  const int64_t recent_day = last_day - kTrendDays + 1;
  double recent = 0;
  for (const Visit& visit : visits) recent += visit.day >= recent_day;
  const double recent_share = visits.empty() ? 0 : recent / static_cast<double>(visits.size());

  std::vector<ItemCounts> items(log.items.size());
  const Visit* begin = visits.data();
  const Visit* const end = begin + visits.size();
  while (begin != end) {
    const Visit* next = begin;
    while (next != end && next->item == begin->item) ++next;
    items[begin->item] = CountItem(begin, next, recent_day, recent_share, min_support);
    Withhold(min_support, items[begin->item]);
    begin = next;
  }
  SetLevels(items);
  return items;
}

}  // namespace baya::tools
