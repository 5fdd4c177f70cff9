#include "train/gram.h"

#include <algorithm>

#include "lib/parallel.h"

namespace baya::tools {
namespace {

std::vector<std::vector<ItemFeature>> ByFeature(
    const std::vector<std::vector<ItemFeature>>& content) {
  std::vector<std::vector<ItemFeature>> items;
  for (uint32_t item = 0; item < content.size(); ++item) {
    for (const ItemFeature& feature : content[item]) {
      if (feature.feature >= items.size()) items.resize(feature.feature + 1);
      items[feature.feature].push_back({item, feature.weight});
    }
  }
  return items;
}

// What all threads read.
struct Input {
  const UserItems& users;
  const UserItems& buyers;
  const std::vector<std::vector<ItemFeature>>& content;
  const std::vector<std::vector<ItemFeature>>& by_feature;
  uint32_t min_support;
};

// Makes one row at a time; one for each thread.
class RowCounter {
 public:
  explicit RowCounter(const Input& input)
      : input_(input),
        counts_(input.users.item_count()),
        likeness_(input.users.item_count()),
        features_(input.by_feature.size()) {}

  std::vector<GramEntry> Row(uint32_t item) {
    Count(item);
    if (input_.min_support > 1) {
      DropRare(item);
      AddLikenessOfCounted(item);
    } else {
      AddLikeness(item);
    }
    std::sort(touched_.begin(), touched_.end());
    std::vector<GramEntry> row;
    row.reserve(touched_.size());
    for (const uint32_t other : touched_) {
      row.push_back({other, static_cast<float>(counts_[other]), likeness_[other]});
      counts_[other] = 0;
      likeness_[other] = 0;
    }
    touched_.clear();
    return row;
  }

 private:
  void Count(uint32_t item) {
    for (const uint32_t user : input_.buyers.of(item)) {
      for (const uint32_t other : input_.users.of(user)) {
        if (counts_[other]++ == 0) touched_.push_back(other);
      }
    }
  }

  // Before anything is sorted or compared: most pairs of a large log are rare.
  void DropRare(uint32_t item) {
    std::erase_if(touched_, [this, item](uint32_t other) {
      if (other == item || counts_[other] >= input_.min_support) return false;
      counts_[other] = 0;
      return true;
    });
  }

  void AddLikenessOfCounted(uint32_t item) {
    for (const ItemFeature& own : input_.content[item]) features_[own.feature] = own.weight;
    for (const uint32_t other : touched_) {
      for (const ItemFeature& feature : input_.content[other]) {
        likeness_[other] += features_[feature.feature] * feature.weight;
      }
    }
    for (const ItemFeature& own : input_.content[item]) features_[own.feature] = 0;
  }

  void AddLikeness(uint32_t item) {
    for (const ItemFeature& own : input_.content[item]) {
      for (const auto& [other, weight] : input_.by_feature[own.feature]) {
        if (counts_[other] == 0 && likeness_[other] == 0) touched_.push_back(other);
        likeness_[other] += own.weight * weight;
      }
    }
  }

  const Input& input_;
  std::vector<uint32_t> counts_;   // [n]
  std::vector<float> likeness_;    // [n]
  std::vector<uint32_t> touched_;  // where one of the two is not zero
  std::vector<float> features_;    // the weights of one item's features
};

}  // namespace

Gram::Gram(const UserItems& users, const std::vector<std::vector<ItemFeature>>& content,
           uint32_t min_support)
    : rows_(users.item_count()) {
  const UserItems buyers = users.Transposed();
  const auto by_feature = ByFeature(content);
  const Input input{users, buyers, content, by_feature, min_support};
  std::vector<RowCounter> counters(ThreadCount(), RowCounter(input));
  ParallelFor("counting pairs", rows_.size(), [&](size_t thread, size_t i) {
    rows_[i] = counters[thread].Row(static_cast<uint32_t>(i));
  });
}

size_t Gram::entries() const {
  size_t count = 0;
  for (const auto& row : rows_) count += row.size();
  return count;
}

}  // namespace baya::tools
