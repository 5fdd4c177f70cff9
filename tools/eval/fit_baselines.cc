#include "eval/fit_baselines.h"

#include <cstdio>
#include <vector>

#include "train/validation.h"

namespace baya::tools {
namespace {

ValidationSlice SetAside(const UserItems& train) {
  return SetAside(train, std::vector<bool>(train.user_count(), true));
}

}  // namespace

KnnSettings FitItemKnn(const UserItems& train) {
  const ValidationSlice slice = SetAside(train);
  KnnSettings best;
  if (!slice.enough()) return best;
  const UserItems rest = train.Where(slice.train);
  double most = -1;
  for (const uint32_t neighbours : {2u, 3u, 5u, 10u, 20u, 50u}) {
    for (const float shrink : {0.0f, 5.0f, 20.0f}) {
      const KnnSettings tried{neighbours, shrink};
      const double recall = MeanRecall(JudgeItemKnn(rest, slice.people, tried));
      (void)std::fprintf(stderr, "  item-kNN, %u neighbours, shrunk by %g: R@20 %.4f\n", neighbours,
                         double{shrink}, recall);
      if (recall <= most) continue;
      most = recall;
      best = tried;
    }
  }
  return best;
}

float FitEase(const UserItems& train) {
  const ValidationSlice slice = SetAside(train);
  if (!slice.enough()) return kEaseLambda;
  const UserItems rest = train.Where(slice.train);
  float best = kEaseLambda;
  double most = -1;
  for (const float lambda : {50.0f, 150.0f, 500.0f}) {
    const double recall = MeanRecall(JudgeEase(rest, slice.people, lambda));
    (void)std::fprintf(stderr, "  dense EASE, lambda %g: R@20 %.4f\n", double{lambda}, recall);
    if (recall <= most) continue;
    most = recall;
    best = lambda;
  }
  return best;
}

}  // namespace baya::tools
