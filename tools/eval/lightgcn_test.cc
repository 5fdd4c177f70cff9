#include "eval/lightgcn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "lib/testing/temp_dir.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;

TEST(LightGcnTest, DividesByAllWantedItems) {
  std::vector<uint32_t> wanted;
  for (uint32_t i = 0; i < 40; ++i) wanted.push_back(i);
  const LightGcnQuality all = JudgeLightGcn({wanted.begin(), wanted.begin() + 20}, wanted);
  EXPECT_DOUBLE_EQ(all.recall_at_20, 0.5);  // where the other protocols say 1
  EXPECT_DOUBLE_EQ(all.ndcg_at_20, 1);
  const LightGcnQuality second = JudgeLightGcn({9, 1}, {1, 2});
  EXPECT_DOUBLE_EQ(second.recall_at_20, 0.5);
  EXPECT_DOUBLE_EQ(second.ndcg_at_20, (1 / std::log2(3.0)) / (1 + 1 / std::log2(3.0)));
}

// 30 goods of three kinds; everybody buys eight of one kind, six of which are in the training file.
TEST(LightGcnTest, RanksWhatIsNotInTheTrainingRow) {
  std::string train, test;
  std::mt19937 random(5);
  for (int user = 0; user < 200; ++user) {
    const auto kind = static_cast<int>(random() % 3);
    std::vector<int> goods;
    while (goods.size() < 8) {
      const int good = kind * 10 + static_cast<int>(random() % 10);
      if (std::find(goods.begin(), goods.end(), good) == goods.end()) goods.push_back(good);
    }
    train += "u" + std::to_string(user);
    test += "u" + std::to_string(user);
    int i = 0;
    for (const int good : goods) (i++ % 4 == 3 ? test : train) += " " + std::to_string(good);
    train += "\n";
    test += user % 2 == 0 ? "\r\n" : " \n";
  }
  const testing::TempDir dir;
  LightGcnOptions options;
  options.train = dir.Write("train.txt", train + "lonely\n");
  options.test = dir.Write("test.txt", test);
  options.tune = false;
  const LightGcnReport report = RunLightGcn(options);
  EXPECT_EQ(report.users, 201u);
  EXPECT_EQ(report.items, 30u);
  EXPECT_EQ(report.train_ones, 1200u);
  EXPECT_EQ(report.test_ones, 400u);
  ASSERT_EQ(report.pack.size(), 200u);
  double recall = 0, ndcg = 0, popular = 0;
  for (size_t i = 0; i < 200; ++i) {
    recall += report.pack[i].recall_at_20 / 200;
    ndcg += report.pack[i].ndcg_at_20 / 200;
    popular += report.popularity[i].ndcg_at_20 / 200;
  }
  EXPECT_GT(recall, 0.99);  // four goods of the kind are left, and twenty are asked for
  EXPECT_GT(ndcg, popular + 0.2);
  EXPECT_THAT(LightGcnText(report), HasSubstr("201 users x 30 items, 1200 train, 400 test"));
}

TEST(LightGcnTest, RefusesEmptyFiles) {
  const testing::TempDir dir;
  LightGcnOptions options;
  options.train = dir.Write("train.txt", "\n");
  options.test = dir.Write("test.txt", "a 1\n");
  EXPECT_THROW(RunLightGcn(options), ToolError);
  options.train = dir.Write("train.txt", "a 1\n");
  options.test = dir.Write("test.txt", "a\n");
  EXPECT_THROW(RunLightGcn(options), ToolError);
}

}  // namespace
}  // namespace baya::tools
