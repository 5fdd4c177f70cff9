// Choosing how much attributes, popularity and trend weigh beside the item table.
#pragma once

#include <functional>
#include <vector>

#include "train/log.h"
#include "train/shop.h"

namespace baya::tools {

// A quality of each person or basket of a slice, the same ones for every blend.
using JudgeBlend = std::function<std::vector<double>(const pack::Blend&)>;

// In steps: the weight of attributes with the best mean; then popularity, with its trend, from a
// quarter of the default to 256 times it, beside few attributes and many; then, with `time`, the
// trend alone. The last two change nothing unless it is better by the standard error of the
// paired difference (after Breiman et al., "Classification and Regression Trees", 1984, §3.4.3).
// What it saw goes to stderr. Returns `start` and what each step ended with, the last one last.
std::vector<pack::Blend> ChooseBlend(const pack::Blend& start, const JudgeBlend& judge, bool time);

// Baskets of the last 30 days are foretold from a model of the days before. Their Recall@20 among
// what a person has not had makes the steps of ChooseBlend; of the blends these end with, the one
// is chosen that has the best Recall@20 among all items, with a card for buying again of its own.
// Returns `settings` with that blend, or as they are when the days have fewer than 200 baskets with
// something new. Learns from users for whom `keep` holds.
ShopSettings TuneBlend(const Log& log, const std::vector<bool>& keep, ShopSettings settings);

}  // namespace baya::tools
