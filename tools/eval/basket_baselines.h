// What the pack is measured against on next baskets, each trained on rows before the split.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "train/baskets.h"

namespace baya::tools {

// Fills [items] zeros with scores, from all baskets before the one to be foretold. Thread-safe.
using BasketScores = std::function<void(std::span<const Basket> before, std::vector<float>&)>;

// Rows of the last 30 days of `log`, once for each basket.
std::vector<float> RecentSales(const Log& log);

// Customers of each item; its sales in the last 30 days.
BasketScores CustomersOf(const Log& log);
BasketScores RecentSalesOf(const Log& log);

// Baskets of one's own with the item, ties by recent sales.
BasketScores OwnFrequency(const Log& log);

// The models of train/baselines.h over the different items of the history, which see the 10,000
// most popular items, because EASE inverts a matrix of that size. With `fit`, their settings are
// chosen on users of the log (fit_baselines.h).
BasketScores ItemKnnOf(const Log& log, bool fit);
BasketScores EaseOf(const Log& log, bool fit);

}  // namespace baya::tools
