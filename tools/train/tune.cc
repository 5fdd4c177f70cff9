#include "train/tune.h"

#include <cstdio>

#include "train/blend.h"
#include "train/held_out.h"
#include "train/user_items.h"
#include "train/validation.h"

namespace baya::tools {

ShopSettings Tune(const Log& log, const std::vector<bool>& keep, ShopSettings settings) {
  const ValidationSlice slice = SetAside(UserItems::FromLog(log), keep);
  if (!slice.enough()) {
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
  const JudgeBlend judge = [&](const pack::Blend& blend) {
    ShopSettings tried = chosen;
    tried.blend = blend;
    std::vector<double> recalls;
    for (const Quality& quality :
         JudgePack(shop.Sections(best_table, tried), shop.pack_item(), slice.people)) {
      recalls.push_back(quality.recall_at_20);
    }
    return recalls;
  };
  chosen.blend = ChooseBlend(chosen.blend, judge, false).back();
  return chosen;
}

}  // namespace baya::tools
