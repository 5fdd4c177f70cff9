#include "eval/basket_baselines.h"

#include <algorithm>
#include <numeric>

#include "eval/fit_baselines.h"
#include "lib/time_text.h"
#include "train/baselines.h"
#include "train/user_items.h"

namespace baya::tools {
namespace {

constexpr int64_t kRecentMs = 30 * kDayMs;
constexpr uint32_t kDenseItems = 10'000;

std::vector<float> Customers(const Log& log) {
  std::vector<float> counts(log.items.size());
  const UserItems users = UserItems::FromLog(log);
  for (uint32_t user = 0; user < users.user_count(); ++user) {
    for (const uint32_t item : users.of(user)) counts[item] += 1;
  }
  return counts;
}

BasketScores Constant(std::vector<float> counts) {
  return [counts = std::move(counts)](std::span<const Basket>, std::vector<float>& scores) {
    scores = counts;
  };
}

std::vector<uint32_t> DifferentItems(std::span<const Basket> before) {
  std::vector<uint32_t> items;
  for (const Basket& basket : before) {
    items.insert(items.end(), basket.items.begin(), basket.items.end());
  }
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  return items;
}

// Over the `count` most popular items only; others get no score and give none.
struct Head {
  std::vector<uint32_t> items;    // [count]
  std::vector<uint32_t> numbers;  // [n]; count for an item outside
};

Head HeadOf(const std::vector<float>& customers, uint32_t most) {
  Head head;
  head.items.resize(customers.size());
  std::iota(head.items.begin(), head.items.end(), 0);
  std::stable_sort(head.items.begin(), head.items.end(),
                   [&](uint32_t a, uint32_t b) { return customers[a] > customers[b]; });
  // One customer alone relates an item to nothing that others share.
  while (!head.items.empty() && (head.items.size() > most || customers[head.items.back()] < 2)) {
    head.items.pop_back();
  }
  head.numbers.assign(customers.size(), static_cast<uint32_t>(head.items.size()));
  for (uint32_t i = 0; i < head.items.size(); ++i) head.numbers[head.items[i]] = i;
  return head;
}

std::vector<uint32_t> Within(const Head& head, std::span<const uint32_t> items) {
  std::vector<uint32_t> within;
  for (const uint32_t item : items) {
    if (head.numbers[item] < head.items.size()) within.push_back(head.numbers[item]);
  }
  return within;
}

template <typename Train>
BasketScores DenseOf(const Log& log, const Train& train) {
  const Head head = HeadOf(Customers(log), kDenseItems);
  const UserItems users = UserItems::FromLog(log);
  std::vector<std::vector<uint32_t>> rows;
  for (uint32_t user = 0; user < users.user_count(); ++user) {
    rows.push_back(Within(head, users.of(user)));
  }
  const AddScores add = train(UserItems(std::move(rows), static_cast<uint32_t>(head.items.size())));
  return [head, add](std::span<const Basket> before, std::vector<float>& scores) {
    std::vector<float> dense(head.items.size());
    add(Within(head, DifferentItems(before)), dense);
    for (size_t i = 0; i < dense.size(); ++i) scores[head.items[i]] = dense[i];
  };
}

}  // namespace

std::vector<float> RecentSales(const Log& log) {
  std::vector<float> counts(log.items.size());
  const auto baskets = BasketsOf(log);
  int64_t end = INT64_MIN;
  for (const Interaction& row : log.interactions) end = std::max(end, row.time_ms);
  for (const auto& own : baskets) {
    for (const Basket& basket : own) {
      if (basket.time_ms <= end - kRecentMs) continue;
      for (const uint32_t item : basket.items) counts[item] += 1;
    }
  }
  return counts;
}

BasketScores CustomersOf(const Log& log) { return Constant(Customers(log)); }

BasketScores RecentSalesOf(const Log& log) { return Constant(RecentSales(log)); }

BasketScores OwnFrequency(const Log& log) {
  std::vector<float> ties = RecentSales(log);
  for (float& value : ties) value /= 1 + value;  // below 1, which is one basket
  return [ties = std::move(ties)](std::span<const Basket> before, std::vector<float>& scores) {
    scores = ties;
    for (const Basket& basket : before) {
      for (const uint32_t item : basket.items) scores[item] += 1;
    }
  };
}

BasketScores ItemKnnOf(const Log& log, bool fit) {
  return DenseOf(log, [fit](const UserItems& users) {
    return ItemKnnScores(users, fit ? FitItemKnn(users) : KnnSettings{});
  });
}

BasketScores EaseOf(const Log& log, bool fit) {
  return DenseOf(log, [fit](const UserItems& users) {
    return EaseScores(users, fit ? FitEase(users) : kEaseLambda);
  });
}

}  // namespace baya::tools
