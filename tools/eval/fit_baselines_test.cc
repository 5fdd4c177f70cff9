#include "eval/fit_baselines.h"

#include <gtest/gtest.h>

#include "train/testing/two_kinds.h"
#include "train/validation.h"

namespace baya::tools {
namespace {

TEST(FitBaselinesTest, TakesWhatIsBestForThoseSetAside) {
  const UserItems users = UserItems::FromLog(testing::TwoKinds(400));
  const ValidationSlice slice = SetAside(users, std::vector<bool>(users.user_count(), true));
  ASSERT_TRUE(slice.enough());
  const UserItems rest = users.Where(slice.train);
  const auto ease = [&](float lambda) { return MeanRecall(JudgeEase(rest, slice.people, lambda)); };
  const double chosen = ease(FitEase(users));
  for (const float lambda : {50.0f, 150.0f, 500.0f}) EXPECT_GE(chosen, ease(lambda));
  const auto knn = [&](const KnnSettings& settings) {
    return MeanRecall(JudgeItemKnn(rest, slice.people, settings));
  };
  const double nearest = knn(FitItemKnn(users));
  for (const uint32_t neighbours : {2u, 3u, 5u, 10u, 20u, 50u}) {
    for (const float shrink : {0.0f, 5.0f, 20.0f}) EXPECT_GE(nearest, knn({neighbours, shrink}));
  }
}

TEST(FitBaselinesTest, KeepsTheDefaultsWhenThereAreTooFewPeople) {
  const UserItems users = UserItems::FromLog(testing::TwoKinds(60));
  EXPECT_EQ(FitEase(users), kEaseLambda);
  EXPECT_EQ(FitItemKnn(users).neighbours, KnnSettings{}.neighbours);
}

// The default, 5, gives the first and the last item 1 / 6 of each other; without shrinkage 1.
TEST(FitBaselinesTest, ShrinkageHoldsBackWhatFewBought) {
  const UserItems users({{0, 1}}, 3);
  for (const float shrink : {0.0f, 5.0f}) {
    std::vector<float> scores(3);
    const std::vector<uint32_t> told = {0};
    ItemKnnScores(users, {.neighbours = 2, .shrink = shrink})(told, scores);
    EXPECT_FLOAT_EQ(scores[1], 1 / (1 + shrink));
    EXPECT_EQ(scores[2], 0);
  }
}

}  // namespace
}  // namespace baya::tools
