#include "recommend/affinity.h"

#include <gtest/gtest.h>

#include "pack/testing/shop_builder.h"
#include "recommend/fixed_point.h"
#include "recommend/testing/shelves.h"

namespace baya::recommend {
namespace {

using pack::testing::LampsAndMugs;
using testing::kEco;
using testing::kLamps;
using testing::kMugs;

TEST(AffinityTest, LeansToTheAttributesOfAnItem) {
  const pack::SitePack pack = LampsAndMugs().Pack();
  Affinity affinity(pack.shop()->attributes, 64);
  affinity.Add(1, kOneQ10);  // mug-1: mugs, eco-friendly
  EXPECT_EQ(affinity.Leaning(kMugs), kOneQ10);
  EXPECT_EQ(affinity.Leaning(kLamps), 0);
  // log2(1 + 1) = 1, times the weights 120 and 200 and the blend 64.
  EXPECT_EQ(affinity.Points(kMugs), 64 * 120 * 1024);
  EXPECT_EQ(affinity.Score(3), 64 * 120 * 1024);
  EXPECT_EQ(affinity.Score(2), 64 * 200 * 1024);
  EXPECT_EQ(affinity.Score(0), 0);
  affinity.Add(1, -kOneQ10);
  EXPECT_EQ(affinity.Score(3), 0);
}

TEST(AffinityTest, TheTenthSaysLessThanTheFirst) {
  const pack::SitePack pack = LampsAndMugs().Pack();
  Affinity affinity(pack.shop()->attributes, 64);
  affinity.Add(0, kOneQ10);
  const int64_t first = affinity.Points(kLamps);
  for (int i = 0; i < 8; ++i) affinity.Add(0, kOneQ10);
  const int64_t nine = affinity.Points(kLamps);
  affinity.Add(0, kOneQ10);
  EXPECT_LT(affinity.Points(kLamps) - nine, first / 4);
  EXPECT_GT(affinity.Points(kLamps), nine);
}

TEST(AffinityTest, ADislikeLowersItsKind) {
  const pack::SitePack pack = LampsAndMugs().Pack();
  Affinity affinity(pack.shop()->attributes, 64);
  affinity.Add(0, -kOneQ10);
  EXPECT_EQ(affinity.Score(4), -64 * 100 * 1024);
}

TEST(AffinityTest, WhatThePersonDeclaresStandsUntilWithdrawn) {
  const pack::SitePack pack = LampsAndMugs().Pack();
  Affinity affinity(pack.shop()->attributes, 64);
  affinity.Add(0, kOneQ10);
  affinity.Declare(kLamps, 0);
  EXPECT_EQ(affinity.Score(4), 0);
  affinity.Add(0, kOneQ10);
  EXPECT_EQ(affinity.Score(4), 0);
  affinity.Declare(kEco, 3 * kOneQ10);
  EXPECT_EQ(affinity.Points(kEco), 64 * 200 * 2 * 1024);
  affinity.Clear();
  EXPECT_EQ(affinity.Points(kEco), 64 * 200 * 2 * 1024);
  EXPECT_TRUE(affinity.IsDeclared(kLamps));
  affinity.Declare(kLamps, std::nullopt);
  EXPECT_FALSE(affinity.IsDeclared(kLamps));
  affinity.Add(0, kOneQ10);
  EXPECT_GT(affinity.Score(4), 0);
}

}  // namespace
}  // namespace baya::recommend
