#include "train/tune.h"

#include <algorithm>
#include <cstdio>

#include "lib/numpy_random.h"
#include "train/held_out.h"
#include "train/user_items.h"

namespace baya::tools {
namespace {

constexpr size_t kMinItems = 5;  // as in the "strong generalisation" protocol
constexpr size_t kMostPeople = 1200;
constexpr size_t kFewestPeople = 50;
constexpr uint32_t kSeed = 20111031;

struct Slice {
  std::vector<bool> train;  // [users]
  std::vector<HeldOut> people;
};

Slice SetAside(const UserItems& users, const std::vector<bool>& keep) {
  std::vector<uint32_t> eligible;
  for (uint32_t user = 0; user < users.user_count(); ++user) {
    if (keep[user] && users.of(user).size() >= kMinItems) eligible.push_back(user);
  }
  NumpyRandom(kSeed).Shuffle(eligible);
  eligible.resize(std::min(eligible.size() / 5, kMostPeople));
  Slice slice{keep, {}};
  for (const uint32_t user : eligible) {
    slice.train[user] = false;
    slice.people.push_back(PartItems(users.of(user), user + 1));
  }
  return slice;
}

}  // namespace

ShopSettings Tune(const Log& log, const std::vector<bool>& keep, ShopSettings settings) {
  const Slice slice = SetAside(UserItems::FromLog(log), keep);
  if (slice.people.size() < kFewestPeople) {
    std::fprintf(stderr, "too few users to choose settings on: the defaults stay\n");
    return settings;
  }
  const Shop shop(log, slice.train, settings);
  const auto recall = [&](const auto& table, const ShopSettings& tried) {
    return MeanRecall(JudgePack(shop.Sections(table, tried), shop.pack_item(), slice.people));
  };

  double best = -1;
  ShopSettings chosen = settings;
  std::vector<std::vector<pack::WeightedSource>> best_table;
  for (const double content : {0.0, 5.0, 10.0}) {
    for (const double lambda : {15.0, 40.0}) {
      ShopSettings tried = settings;
      tried.ridge.content = content;
      tried.ridge.lambda = lambda;
      auto table = SolveLocalRidge(shop.gram(), tried.ridge);
      const double value = recall(table, tried);
      std::fprintf(stderr, "  content %g, lambda %g: R@20 %.4f\n", content, lambda, value);
      if (value <= best) continue;
      best = value;
      chosen = tried;
      best_table = std::move(table);
    }
  }
  best = -1;
  const ShopSettings ridge = chosen;
  for (const int attribute : {0, 32, 64, 128, 256}) {
    ShopSettings tried = ridge;
    tried.blend.attribute = static_cast<uint16_t>(attribute);
    const double value = recall(best_table, tried);
    std::fprintf(stderr, "  attributes %d/4096: R@20 %.4f\n", attribute, value);
    if (value > best) {
      best = value;
      chosen = tried;
    }
  }
  return chosen;
}

}  // namespace baya::tools
