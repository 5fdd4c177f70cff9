#include "generate-log/generator.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <unordered_set>

namespace baya::tools {
namespace {

// Statistics of the Online Retail log; see README.md.
constexpr uint32_t kItemsPerDepartment = 3659;
constexpr uint32_t kItemsPerRange = 24;
constexpr double kLogMedianItems = 3.486;
constexpr double kSigmaItems = 1.1;
constexpr double kMostItems = 1785;
constexpr double kItemsPerBasket = 14.5;
constexpr double kAgain = 0.42;
constexpr double kItemsPerRangeOfCustomer = 12;
constexpr double kFromRanges = 0.5;
constexpr double kFromHome = 0.95;
constexpr double kRangesElsewhere = 0.1;
constexpr uint32_t kDays = 365;

struct Quantile {
  double rank;
  double customers;
};
constexpr std::array<Quantile, 9> kPopularity = {{{0, 881},
                                                  {0.01, 415},
                                                  {0.05, 253},
                                                  {0.1, 186},
                                                  {0.25, 100},
                                                  {0.5, 40},
                                                  {0.75, 11},
                                                  {0.9, 3},
                                                  {1, 1}}};

double PopularityAt(double rank) {
  size_t i = 1;
  while (kPopularity[i].rank < rank) ++i;
  const Quantile& a = kPopularity[i - 1];
  const Quantile& b = kPopularity[i];
  const double share = (rank - a.rank) / (b.rank - a.rank);
  return std::exp(std::log(a.customers) * (1 - share) + std::log(b.customers) * share);
}

// A word of letters alone, another for every number, without a plural s.
std::string Word(uint64_t number) {
  constexpr char kConsonants[] = "bdfgklmnprtvz";
  constexpr char kVowels[] = "aeiou";
  std::string word;
  for (int i = 0; i < 4; ++i) {
    word += kConsonants[number % 13];
    number /= 13;
    word += kVowels[number % 5];
    number /= 5;
  }
  return word;
}

}  // namespace

LogGenerator::LogGenerator(uint32_t items, uint32_t users, uint32_t seed)
    : users_(users), random_(seed), items_(items) {
  const std::vector<uint32_t> ranks = random_.Permutation(items);
  const uint32_t departments =
      std::max(1u, (items + kItemsPerDepartment / 2) / kItemsPerDepartment);
  for (uint32_t home = 0; home < departments; ++home) {
    const auto begin = static_cast<uint32_t>(uint64_t{items} * home / departments);
    const auto end = static_cast<uint32_t>(uint64_t{items} * (home + 1) / departments);
    home_first_.push_back(static_cast<uint32_t>(range_items_.size()));
    Weights ranges;
    for (uint32_t first = begin; first < end; first += kItemsPerRange) {
      Weights range;
      for (uint32_t i = first; i < std::min(first + kItemsPerRange, end); ++i) {
        const double popularity = PopularityAt(ranks[i] / std::max(1.0, items - 1.0));
        items_[i] = {home, static_cast<uint32_t>(range_items_.size()), popularity};
        shop_.Add(popularity);
        range.Add(popularity);
      }
      range_first_.push_back(first);
      ranges.Add(range.sums.back());
      range_items_.push_back(std::move(range));
    }
    homes_.Add(ranges.sums.back());
    home_ranges_.push_back(std::move(ranges));
  }
}

double LogGenerator::Uniform() { return static_cast<double>(random_.Next64() >> 11) * 0x1p-53; }

// Box and Muller, "A Note on the Generation of Random Normal Deviates", 1958.
double LogGenerator::Normal() {
  const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
  return radius * std::cos(2 * std::numbers::pi * Uniform());
}

size_t LogGenerator::Draw(const Weights& weights) {
  const double at = Uniform() * weights.sums.back();
  const auto found = std::upper_bound(weights.sums.begin(), weights.sums.end() - 1, at);
  return static_cast<size_t>(found - weights.sums.begin());
}

uint32_t LogGenerator::DrawFrom(uint32_t first, const Weights& weights) {
  return first + static_cast<uint32_t>(Draw(weights));
}

LogGenerator::Customer LogGenerator::NewCustomer(size_t size) {
  Customer customer;
  customer.home = static_cast<uint32_t>(Draw(homes_));
  const double count = 1 + static_cast<double>(size) / kItemsPerRangeOfCustomer;
  for (int i = 0; i < static_cast<int>(count); ++i) {
    const bool elsewhere = Uniform() < kRangesElsewhere;
    const auto home = elsewhere ? static_cast<uint32_t>(Draw(homes_)) : customer.home;
    customer.ranges.push_back(DrawFrom(home_first_[home], home_ranges_[home]));
  }
  return customer;
}

uint32_t LogGenerator::DrawItem(const Customer& customer) {
  const double from = Uniform();
  if (from >= kFromHome) return static_cast<uint32_t>(Draw(shop_));
  uint32_t range = 0;
  if (from < kFromRanges) {
    const auto i = static_cast<size_t>(Uniform() * static_cast<double>(customer.ranges.size()));
    range = customer.ranges[i];
  } else {
    range = DrawFrom(home_first_[customer.home], home_ranges_[customer.home]);
  }
  return DrawFrom(range_first_[range], range_items_[range]);
}

std::vector<uint32_t> LogGenerator::DrawItems() {
  const double drawn = std::exp(kLogMedianItems + kSigmaItems * Normal());
  const auto size = static_cast<size_t>(std::clamp(
      std::round(drawn), 1.0, std::min(kMostItems, 0.5 * static_cast<double>(items_.size()))));
  const Customer customer = NewCustomer(size);
  std::unordered_set<uint32_t> seen;
  std::vector<uint32_t> items;
  // Ranges are small: somebody who has bought theirs empty draws in vain.
  for (size_t tries = 0; items.size() < size && tries < 4 * size; ++tries) {
    const uint32_t item = DrawItem(customer);
    if (seen.insert(item).second) items.push_back(item);
  }
  return items;
}

void LogGenerator::Generate(const std::function<void(const MadeUpLine&)>& line) {
  for (uint32_t user = 0; user < users_; ++user) {
    const std::vector<uint32_t> items = DrawItems();
    const double baskets = std::round(static_cast<double>(items.size()) / kItemsPerBasket);
    std::vector<uint32_t> days;
    for (int i = 0; i < std::max(1, static_cast<int>(baskets)); ++i) {
      days.push_back(static_cast<uint32_t>(Uniform() * kDays));
    }
    std::sort(days.begin(), days.end());
    for (const uint32_t item : items) {
      auto basket = static_cast<size_t>(Uniform() * static_cast<double>(days.size()));
      do {
        line({user, item, days[basket++]});
      } while (basket < days.size() && Uniform() < kAgain);
    }
  }
}

std::string LogGenerator::Title(uint32_t item) const {
  const MadeUpItem& made = items_[item];
  return Word(1000 + made.range) + " " + Word(7 * made.department + made.range % 7) + " " +
         std::to_string(item);
}

}  // namespace baya::tools
