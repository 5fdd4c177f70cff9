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

class AffinityTest : public ::testing::Test {
 protected:
  int64_t OnBoard(ItemIndex item) {
    affinity_.Settle(board_);
    return board_.Of(item);
  }

  const pack::SitePack pack_ = LampsAndMugs().Pack();
  Affinity affinity_{pack_.shop()->attributes, 64};
  ScoreBoard board_{6};
};

TEST_F(AffinityTest, LeansToTheAttributesOfAnItem) {
  affinity_.Add(1, kOneQ10);  // mug-1: mugs, eco-friendly
  EXPECT_EQ(affinity_.Leaning(kMugs), kOneQ10);
  EXPECT_EQ(affinity_.Leaning(kLamps), 0);
  // log2(1 + 1) = 1, times the weights 120 and 200 and the blend 64.
  EXPECT_EQ(affinity_.Points(kMugs), 64 * 120 * 1024);
  EXPECT_EQ(OnBoard(3), 64 * 120 * 1024);
  EXPECT_EQ(OnBoard(2), 64 * 200 * 1024);
  EXPECT_EQ(OnBoard(0), 0);
  affinity_.Add(1, -kOneQ10);
  EXPECT_EQ(OnBoard(3), 0);
}

TEST_F(AffinityTest, TheTenthSaysLessThanTheFirst) {
  affinity_.Add(0, kOneQ10);
  const int64_t first = affinity_.Points(kLamps);
  for (int i = 0; i < 8; ++i) affinity_.Add(0, kOneQ10);
  const int64_t nine = affinity_.Points(kLamps);
  affinity_.Add(0, kOneQ10);
  EXPECT_LT(affinity_.Points(kLamps) - nine, first / 4);
  EXPECT_GT(affinity_.Points(kLamps), nine);
}

TEST_F(AffinityTest, ADislikeLowersItsKind) {
  affinity_.Add(0, -kOneQ10);
  EXPECT_EQ(OnBoard(4), -64 * 100 * 1024);
}

TEST_F(AffinityTest, WhatThePersonDeclaresStandsUntilWithdrawn) {
  affinity_.Add(0, kOneQ10);
  affinity_.Declare(kLamps, 0);
  EXPECT_EQ(OnBoard(4), 0);
  affinity_.Add(0, kOneQ10);
  EXPECT_EQ(OnBoard(4), 0);
  affinity_.Declare(kEco, 3 * kOneQ10);
  EXPECT_EQ(affinity_.Points(kEco), 64 * 200 * 2 * 1024);
  affinity_.Add(0, -2 * kOneQ10);
  EXPECT_EQ(affinity_.Points(kEco), 64 * 200 * 2 * 1024);
  EXPECT_TRUE(affinity_.IsDeclared(kLamps));
  affinity_.Declare(kLamps, std::nullopt);
  EXPECT_FALSE(affinity_.IsDeclared(kLamps));
  affinity_.Add(0, kOneQ10);
  EXPECT_GT(OnBoard(4), 0);
}

}  // namespace
}  // namespace baya::recommend
