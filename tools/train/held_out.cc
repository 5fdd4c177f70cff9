#include "train/held_out.h"

#include <algorithm>
#include <cmath>

#include "lib/numpy_random.h"
#include "lib/parallel.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr uint32_t kDepth = 100;
constexpr size_t kShelf = 20;

double Discount(size_t rank) { return 1 / std::log2(static_cast<double>(rank) + 2); }

std::vector<uint32_t> RankTold(DeviceRanker& ranker, const std::vector<uint32_t>& pack_item,
                               const HeldOut& person) {
  ranker.Forget();
  for (const uint32_t item : person.told) {
    ranker.Add(
        {.item = pack_item[item], .kind = recommend::InteractionKind::kOrdered, .time_ms = 0}, 0);
  }
  const recommend::ShelfRequest request{.k = kDepth, .bought = recommend::Bought::kHide};
  std::vector<uint32_t> top;
  for (const auto& ranked : ranker.Recommend(request, 0)) top.push_back(ranked.item);
  return top;
}

}  // namespace

HeldOut PartItems(std::span<const uint32_t> items, uint32_t seed) {
  std::vector<uint32_t> shuffled(items.begin(), items.end());
  NumpyRandom(seed).Shuffle(shuffled);
  // A fifth rounded to the nearest; n / 5 is never half-way between two integers.
  const auto wanted = static_cast<std::ptrdiff_t>(std::max<size_t>(1, (shuffled.size() + 2) / 5));
  return {{shuffled.begin() + wanted, shuffled.end()},
          {shuffled.begin(), shuffled.begin() + wanted}};
}

Quality Judge(std::span<const uint32_t> top, std::span<const uint32_t> wanted) {
  double hits = 0, gain = 0, ideal = 0, reciprocal = 0;
  for (size_t rank = 0; rank < std::min<size_t>(top.size(), kDepth); ++rank) {
    if (std::find(wanted.begin(), wanted.end(), top[rank]) == wanted.end()) continue;
    if (rank < kShelf && hits == 0) reciprocal = 1 / static_cast<double>(rank + 1);
    hits += rank < kShelf;
    gain += Discount(rank);
  }
  for (size_t rank = 0; rank < std::min<size_t>(wanted.size(), kDepth); ++rank) {
    ideal += Discount(rank);
  }
  Quality quality;
  quality.recall_at_20 = hits / static_cast<double>(std::min(wanted.size(), kShelf));
  quality.ndcg_at_100 = gain / ideal;
  quality.hit_at_20 = hits > 0 ? 1 : 0;
  quality.mrr_at_20 = reciprocal;
  quality.top.assign(top.begin(),
                     top.begin() + static_cast<std::ptrdiff_t>(std::min(top.size(), kShelf)));
  return quality;
}

double MeanRecall(const std::vector<Quality>& qualities) {
  double sum = 0;
  for (const Quality& quality : qualities) sum += quality.recall_at_20;
  return sum / static_cast<double>(qualities.size());
}

Bytes SealForMeasuring(std::vector<pack::Section> sections) {
  const SecretBytes seed(32);
  return OrThrow(
      pack::Seal({.site = "measuring", .version = 1, .sections = std::move(sections)}, seed),
      "making the pack");
}

std::vector<Quality> JudgePack(const std::vector<pack::Section>& sections,
                               const std::vector<uint32_t>& pack_item,
                               const std::vector<HeldOut>& people, const DeviceBuild& build) {
  const auto rankers = MakeRankers(sections, build);
  std::vector<uint32_t> own_item(pack_item.size());
  for (uint32_t item = 0; item < pack_item.size(); ++item) own_item[pack_item[item]] = item;
  std::vector<Quality> qualities(people.size());
  ParallelFor("ranking", people.size(), [&](size_t thread, size_t i) {
    std::vector<uint32_t> top = RankTold(*rankers[thread], pack_item, people[i]);
    for (uint32_t& item : top) item = own_item[item];
    qualities[i] = Judge(top, people[i].wanted);
  });
  return qualities;
}

}  // namespace baya::tools
