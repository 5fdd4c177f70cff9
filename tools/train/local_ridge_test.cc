#include "train/local_ridge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Core>
#include <Eigen/LU>
#include <cmath>
#include <random>

namespace baya::tools {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr uint32_t kItems = 30;

UserItems RandomUsers() {
  std::mt19937 random(7);
  std::vector<std::vector<uint32_t>> rows(2000);
  for (auto& row : rows) {
    const uint32_t kind = static_cast<uint32_t>(random() % 3);
    for (int i = 0; i < 6; ++i) {
      const auto item = static_cast<uint32_t>(random() % kItems);
      row.push_back(random() % 4 == 0 ? item : item / 3 * 3 + kind);
    }
  }
  return {rows, kItems};
}

const std::vector<std::vector<ItemFeature>> kNoContent(kItems);

RidgeSettings PlainRidge() {
  RidgeSettings settings;
  settings.dropout = 0;
  settings.content = 0;
  settings.lambda = 3;
  settings.candidates = kItems;
  settings.keep = kItems;
  settings.min_support = 1;
  return settings;
}

TEST(GramTest, CountsPairsAndContent) {
  std::vector<std::vector<ItemFeature>> content(3);
  content[0] = {{0, 0.6f}, {1, 0.8f}};
  content[2] = {{1, 1.0f}};
  const Gram gram(UserItems({{0, 1}, {1, 0, 1}, {1}}, 3), content, 1);
  ASSERT_THAT(gram.row(0), SizeIs(3));
  EXPECT_EQ(gram.row(0)[0].count, 2);
  EXPECT_FLOAT_EQ(gram.row(0)[0].content, 1);
  EXPECT_EQ(gram.row(0)[1].count, 2);
  EXPECT_EQ(gram.row(0)[2].count, 0);
  EXPECT_FLOAT_EQ(gram.row(0)[2].content, 0.8f);
  EXPECT_EQ(gram.row(1)[1].count, 3);
  EXPECT_THAT(gram.row(1), SizeIs(2));
}

// Above a support of 1 only what enough people bought is there, with its content.
TEST(GramTest, LeavesOutWhatTooFewBought) {
  std::vector<std::vector<ItemFeature>> content(4);
  content[0] = {{0, 0.6f}, {1, 0.8f}};
  content[1] = content[3] = {{1, 1.0f}};
  const Gram gram(UserItems({{0, 1}, {0, 1, 2}, {2}}, 4), content, 2);
  ASSERT_THAT(gram.row(0), SizeIs(2));
  EXPECT_EQ(gram.row(0)[1].item, 1u);
  EXPECT_EQ(gram.row(0)[1].count, 2);
  EXPECT_FLOAT_EQ(gram.row(0)[0].content, 1);
  EXPECT_FLOAT_EQ(gram.row(0)[1].content, 0.8f);
  ASSERT_THAT(gram.row(2), SizeIs(1));  // itself
  EXPECT_THAT(gram.row(3), IsEmpty());
  EXPECT_EQ(gram.entries(), 5u);
}

// Without the pair of 0 and 2 the counts of 0, 1 and 2 are no positive definite matrix.
TEST(LocalRidgeTest, SolvesWhenRarePairsLeaveAnIndefiniteMatrix) {
  std::vector<std::vector<uint32_t>> rows(4, {0, 1, 2, 3});
  rows.push_back({0, 1, 3});
  rows.push_back({1, 2, 3});
  RidgeSettings settings = PlainRidge();
  settings.lambda = 0.1;
  settings.min_support = 5;
  const std::vector<std::vector<ItemFeature>> no_content(4);
  const auto table = SolveLocalRidge(Gram(UserItems(rows, 4), no_content, 5), settings);
  ASSERT_THAT(table[3], SizeIs(3));
  for (const auto& source : table[3]) {
    EXPECT_TRUE(std::isfinite(source.weight));
    EXPECT_LE(std::abs(source.weight), 2);
  }
}

// With every item as a candidate it is EASE: B(i, j) = -P(i, j) / P(j, j), P = (G + lambda I)^-1.
TEST(LocalRidgeTest, EqualsEaseWhenTheNeighbourhoodIsEverything) {
  const UserItems users = RandomUsers();
  const Gram gram(users, kNoContent, 1);
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(kItems, kItems);
  for (uint32_t item = 0; item < kItems; ++item) {
    for (const GramEntry& entry : gram.row(item)) matrix(item, entry.item) = entry.count;
  }
  matrix.diagonal().array() += 3;
  const Eigen::MatrixXd inverse = matrix.inverse();
  const auto table = SolveLocalRidge(gram, PlainRidge());
  for (uint32_t target = 0; target < kItems; ++target) {
    // An item that never occurs with the target is no candidate; here each occurs with each.
    ASSERT_THAT(table[target], SizeIs(kItems - 1));
    for (const auto& [source, weight] : table[target]) {
      EXPECT_NEAR(weight, -inverse(source, target) / inverse(target, target), 1e-9);
    }
  }
}

TEST(LocalRidgeTest, KeepsTheLargestWeights) {
  const Gram gram(RandomUsers(), kNoContent, 1);
  RidgeSettings settings = PlainRidge();
  const auto all = SolveLocalRidge(gram, settings);
  settings.keep = 4;
  const auto few = SolveLocalRidge(gram, settings);
  for (uint32_t item = 0; item < kItems; ++item) {
    ASSERT_THAT(few[item], SizeIs(4));
    double least = 1e9;
    for (const auto& source : few[item]) least = std::min(least, std::abs(source.weight));
    int larger = 0;
    for (const auto& source : all[item]) larger += std::abs(source.weight) > least;
    EXPECT_EQ(larger, 3);
  }
}

TEST(LocalRidgeTest, ContentJoinsItemsThatNobodyBoughtTogether) {
  std::vector<std::vector<ItemFeature>> content(3);
  content[0] = content[2] = {{0, 1.0f}};
  const Gram gram(UserItems({{0, 1}, {0, 1}}, 3), content, 1);
  RidgeSettings settings = PlainRidge();
  EXPECT_THAT(SolveLocalRidge(gram, settings)[2], IsEmpty());
  settings.content = 8;
  const auto table = SolveLocalRidge(gram, settings);
  ASSERT_THAT(table[2], SizeIs(1));
  EXPECT_EQ(table[2][0].source, 0u);
  EXPECT_GT(table[2][0].weight, 0.3);
  settings.min_support = 2;
  EXPECT_THAT(SolveLocalRidge(gram, settings)[2], IsEmpty());
  settings.min_support = 3;
  EXPECT_THAT(SolveLocalRidge(gram, settings)[0], IsEmpty());
}

TEST(LocalRidgeTest, DropoutShrinksWeights) {
  const Gram gram(RandomUsers(), kNoContent, 1);
  RidgeSettings settings = PlainRidge();
  const auto sum = [&gram](const RidgeSettings& with) {
    double total = 0;
    for (const auto& row : SolveLocalRidge(gram, with)) {
      for (const auto& source : row) total += std::abs(source.weight);
    }
    return total;
  };
  const double before = sum(settings);
  settings.dropout = 0.5;
  EXPECT_LT(sum(settings), before);
}

}  // namespace
}  // namespace baya::tools
