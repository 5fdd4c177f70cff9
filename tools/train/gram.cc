#include "train/gram.h"

#include <algorithm>

#include "lib/parallel.h"

namespace baya::tools {
namespace {

// The dense row that a thread works on, and which of its places are in use.
struct Scratch {
  std::vector<GramEntry> entries;
  std::vector<uint32_t> touched;

  GramEntry& At(uint32_t item) {
    GramEntry& entry = entries[item];
    if (entry.count == 0 && entry.content == 0) touched.push_back(item);
    return entry;
  }
};

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

}  // namespace

Gram::Gram(const UserItems& users, const std::vector<std::vector<ItemFeature>>& content)
    : rows_(users.item_count()) {
  const UserItems buyers = users.Transposed();
  const auto by_feature = ByFeature(content);
  std::vector<Scratch> scratches(ThreadCount());
  for (Scratch& scratch : scratches) scratch.entries.resize(rows_.size());
  ParallelFor("counting pairs", rows_.size(), [&](size_t thread, size_t i) {
    Scratch& scratch = scratches[thread];
    for (const uint32_t user : buyers.of(static_cast<uint32_t>(i))) {
      for (const uint32_t other : users.of(user)) scratch.At(other).count += 1;
    }
    for (const ItemFeature& feature : content[i]) {
      for (const ItemFeature& other : by_feature[feature.feature]) {
        scratch.At(other.feature).content += feature.weight * other.weight;
      }
    }
    std::sort(scratch.touched.begin(), scratch.touched.end());
    rows_[i].reserve(scratch.touched.size());
    for (const uint32_t item : scratch.touched) {
      rows_[i].push_back({item, scratch.entries[item].count, scratch.entries[item].content});
      scratch.entries[item] = {};
    }
    scratch.touched.clear();
  });
}

}  // namespace baya::tools
