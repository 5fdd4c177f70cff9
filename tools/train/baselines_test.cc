#include "train/baselines.h"

#include <gtest/gtest.h>

namespace baya::tools {
namespace {

// Items 0 and 1 go together, and so do 2 and 3; item 4 is bought by everybody.
UserItems Pairs() {
  std::vector<std::vector<uint32_t>> rows;
  for (int i = 0; i < 20; ++i) rows.push_back({0, 1, 4});
  for (int i = 0; i < 15; ++i) rows.push_back({2, 3, 4});
  return {rows, 200};
}

double Recall(const std::vector<Quality>& qualities) { return qualities[0].recall_at_20; }
double Ndcg(const std::vector<Quality>& qualities) { return qualities[0].ndcg_at_100; }

TEST(BaselinesTest, PopularityRanksByBuyers) {
  EXPECT_DOUBLE_EQ(Ndcg(JudgePopularity(Pairs(), {{{2}, {4}}})), 1);
  EXPECT_LT(Ndcg(JudgePopularity(Pairs(), {{{2}, {3}}})), 1);
}

TEST(BaselinesTest, NeighboursComeFirstAndToldItemsNever) {
  const auto knn = [](const std::vector<HeldOut>& people) {
    return JudgeItemKnn(Pairs(), people, {});
  };
  const auto ease = [](const std::vector<HeldOut>& people) {
    return JudgeEase(Pairs(), people, 1);
  };
  using Judge = std::vector<Quality> (*)(const std::vector<HeldOut>&);
  for (const Judge judge : {Judge{knn}, Judge{ease}}) {
    EXPECT_DOUBLE_EQ(Ndcg(judge({{{2}, {3}}})), 1);
    EXPECT_DOUBLE_EQ(Ndcg(judge({{{0}, {1}}})), 1);
    EXPECT_DOUBLE_EQ(Recall(judge({{{0}, {0}}})), 0);
  }
}

}  // namespace
}  // namespace baya::tools
