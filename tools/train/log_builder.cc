#include "train/log_builder.h"

#include <algorithm>
#include <numeric>

#include "pack/limits.h"
#include "train/row_values.h"

namespace baya::tools {

uint32_t Names::Number(std::string_view name) {
  const auto [found, added] =
      numbers_.try_emplace(std::string(name), static_cast<uint32_t>(names_.size()));
  if (added) names_.emplace_back(name);
  return found->second;
}

std::vector<uint32_t> Names::Ranks() const {
  std::vector<uint32_t> order(names_.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [this](uint32_t a, uint32_t b) { return names_[a] < names_[b]; });
  std::vector<uint32_t> ranks(order.size());
  for (uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
  return ranks;
}

void ObservedFacts::See(uint32_t item, std::string_view title, uint32_t price_minor) {
  if (item >= seen_.size()) seen_.resize(item + 1);
  if (!title.empty()) ++seen_[item].titles[std::string(title)];
  seen_[item].prices.push_back(price_minor);
}

void ObservedFacts::Fill(uint32_t item, ItemFacts& facts) const {
  if (item >= seen_.size()) return;
  const Seen& seen = seen_[item];
  uint32_t most = 0;
  std::string best;
  for (const auto& [title, count] : seen.titles) {
    // Ties by text, so that the result does not hang on the order of a hash table.
    if (count < most || (count == most && title > best)) continue;
    most = count;
    best = title;
  }
  facts.title = SentenceCase(CutText(best, pack::kMaxTitleBytes));
  std::vector<uint32_t> prices = seen.prices;
  if (prices.empty()) return;
  const auto middle = prices.begin() + static_cast<std::ptrdiff_t>(prices.size() / 2);
  std::nth_element(prices.begin(), middle, prices.end());
  facts.price_minor = *middle;
}

}  // namespace baya::tools
