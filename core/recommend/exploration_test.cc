#include "recommend/exploration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>

#include "base/testing/status_matchers.h"
#include "pack/testing/shop_builder.h"
#include "recommend/recommender.h"
#include "recommend/testing/shelves.h"

namespace baya::recommend {
namespace {

using pack::testing::ShopBuilder;
using testing::Items;
using testing::kDayMs;
using testing::kNow;

constexpr uint32_t kKinds = 12;
constexpr uint32_t kEach = 8;
constexpr int64_t kToday = kNow / kDayMs;

// kEach items of each kind by turns; popular in this order. The attribute of a kind is its number.
ShopBuilder ManyKinds() {
  ShopBuilder shop;
  for (uint32_t kind = 0; kind < kKinds; ++kind) {
    shop.attributes.push_back(
        {pack::AttributeKind::kCategory, "kind-" + std::to_string(kind), 100});
  }
  shop.attributes.push_back({pack::AttributeKind::kTag, "eco", 100});
  for (uint32_t i = 0; i < kKinds * kEach; ++i) {
    shop.items.push_back({"item-" + std::to_string(i), "Item", 100, 0});
    shop.popularity.push_back({static_cast<uint8_t>(255 - 2 * i), 0, 0, 0});
    shop.of_items.push_back({static_cast<AttributeId>(i % kKinds), kKinds});
  }
  shop.blend = {.attribute = 64, .popularity = 4};
  return shop;
}

TEST(BeliefTest, ADismissalSaysAsMuchAsFiveShowingsThatWereLeft) {
  const auto is = [](const Beta& beta, uint32_t a, uint32_t b) {
    return beta.a == a && beta.b == b;
  };
  EXPECT_TRUE(is(BeliefOf(0, 0, 0), 1, 1));
  EXPECT_TRUE(is(BeliefOf(2, 5, 0), 3, 6));
  EXPECT_TRUE(is(BeliefOf(2, 1, 2), 3, 12));
  EXPECT_LE(BeliefOf(UINT32_MAX, UINT32_MAX, UINT32_MAX).b, kMaxBeta);
}

class ExplorationTest : public ::testing::Test {
 protected:
  ShelfRequest Request(uint32_t exploring, uint64_t seed, uint32_t k = 10) const {
    return {.k = k, .varied = true, .exploring = exploring, .seed = seed};
  }
  std::vector<RankedItem> Ranked(const ShelfRequest& request) {
    return recommender_.Recommend(request, kNow).value();
  }
  // How often each kind was tried with seeds 0 to `draws` - 1.
  std::map<uint32_t, uint32_t> Tried(uint32_t draws) {
    std::map<uint32_t, uint32_t> tried;
    for (uint64_t seed = 0; seed < draws; ++seed) {
      for (const RankedItem& place : Ranked(Request(1, seed))) {
        if (place.exploring > 0) ++tried[place.explored];
      }
    }
    return tried;
  }

  pack::SitePack pack_ = ManyKinds().Pack();
  Recommender recommender_ = Recommender::Create(pack_).value();
};

TEST_F(ExplorationTest, TakesTheLastPlacesAndLeavesTheOthers) {
  const auto plain = Ranked(Request(0, 0));
  for (const uint32_t places : {1u, 3u}) {
    for (uint64_t seed = 0; seed < 200; ++seed) {
      const auto shelf = Ranked(Request(places, seed));
      ASSERT_EQ(shelf.size(), plain.size());
      std::set<ItemIndex> different;
      for (size_t i = 0; i < shelf.size(); ++i) {
        different.insert(shelf[i].item);
        ASSERT_EQ(shelf[i].exploring > 0, i >= shelf.size() - places) << i;
        ASSERT_EQ(shelf[i].score, plain[i].score);
        const bool tried = shelf[i].exploring > 0;
        ASSERT_TRUE(tried || shelf[i].item == plain[i].item) << i;
        ASSERT_TRUE(!tried || shelf[i].item % kKinds == shelf[i].explored) << i;
      }
      ASSERT_EQ(different.size(), shelf.size());
    }
  }
}

TEST_F(ExplorationTest, IsAContributionOfItsOwnAndTheFirst) {
  uint32_t explored = 0;
  for (const RankedItem& place : Ranked(Request(2, 7))) {
    BAYA_ASSERT_OK_AND_ASSIGN(const Explanation why, recommender_.Explain(place, kNow));
    EXPECT_EQ(why.score, place.score);
    const int64_t sum = std::accumulate(
        why.contributions.begin(), why.contributions.end(), int64_t{0},
        [](int64_t total, const Contribution& part) { return total + part.points; });
    EXPECT_EQ(sum, place.score);
    const Contribution& first = why.contributions.front();
    EXPECT_EQ(first.reason == Reason::kExploring, place.exploring > 0);
    if (place.exploring == 0) continue;
    ++explored;
    EXPECT_EQ(first.ref, place.explored);
    EXPECT_EQ(first.points, place.exploring);
  }
  EXPECT_EQ(explored, 2u);
}

TEST_F(ExplorationTest, EveryKindHasItsTurnAtFirst) {
  const auto tried = Tried(800);
  EXPECT_EQ(tried.size(), kKinds);
  // 67 each are expected; the standard deviation is 7.8.
  for (const auto& [kind, count] : tried) EXPECT_NEAR(count, 67, 32) << kind;
}

// With the same seeds, so that each draw differs by the evidence alone.
TEST_F(ExplorationTest, WhatIsLeftOrDismissedComesLessOftenAndWhatIsTakenMoreOften) {
  const uint32_t before = Tried(800)[3];
  Exploration& exploration = recommender_.exploration();
  exploration.Believe(3, BeliefOf(0, 1, 0));
  const uint32_t left = Tried(800)[3];
  exploration.Believe(3, BeliefOf(0, 0, 1));
  const uint32_t dismissed = Tried(800)[3];
  exploration.Believe(3, BeliefOf(3, 0, 0));
  const uint32_t taken = Tried(800)[3];
  EXPECT_LT(left, before / 2);
  EXPECT_LT(dismissed, left / 2);
  EXPECT_GT(taken, 2 * before);
  exploration.ForgetBeliefs();
  EXPECT_EQ(Tried(800)[3], before);
}

TEST_F(ExplorationTest, OnlyWhatThePersonHasDealtLittleWithAndSaidNothingOf) {
  const pack::Attributes& attributes = pack_.shop()->attributes;
  Affinity affinity(attributes, 64);
  affinity.Add(0, 1024);
  affinity.Add(1, 1023);
  affinity.Add(3, -1024);
  affinity.Declare(2, 0);
  affinity.Declare(5, 1);
  recommender_.exploration().Mute(4);
  Exploration& exploration = recommender_.exploration();
  exploration.Draw(attributes, affinity, 1);
  std::vector<AttributeId> kinds;
  while (const auto kind = exploration.Next()) kinds.push_back(*kind);
  EXPECT_THAT(kinds, ::testing::UnorderedElementsAre(1, 3, 6, 7, 8, 9, 10, 11)) << "and no tag";
}

TEST_F(ExplorationTest, AllRulesHold) {
  ShopBuilder shop = ManyKinds();
  const auto of_kind = [](ItemIndex item, uint32_t kind) { return item % kKinds == kind; };
  for (ItemIndex item = 0; item < shop.items.size(); ++item) {
    if (of_kind(item, 1)) shop.items[item].flags = pack::kUnavailable;
    if (of_kind(item, 2)) shop.items[item].flags = pack::kAdult;
  }
  const pack::SitePack pack = shop.Pack();
  Recommender recommender = Recommender::Create(pack).value();
  std::vector<ItemIndex> excluded;
  for (ItemIndex item = 0; item < shop.items.size(); ++item) {
    if (of_kind(item, 4)) excluded.push_back(item);
    if (!of_kind(item, 3)) continue;
    for (int64_t day = kToday - Exposure::kShowings; day < kToday; ++day) {
      recommender.exposure().Show(item, day);
    }
  }
  BAYA_EXPECT_OK(recommender.Add({5, InteractionKind::kDisliked, kNow}, kNow));
  std::set<uint32_t> tried;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    ShelfRequest request = Request(1, seed);
    request.exclude = excluded;
    const std::vector<RankedItem> shelf = recommender.Recommend(request, kNow).value();
    for (const RankedItem& place : shelf) {
      if (place.exploring > 0) tried.insert(place.explored);
      ASSERT_NE(place.item, 5u);
    }
  }
  EXPECT_THAT(tried, ::testing::ElementsAre(0, 5, 6, 7, 8, 9, 10, 11));
}

TEST_F(ExplorationTest, TheCapHolds) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    std::map<uint32_t, uint32_t> counts;
    for (const RankedItem& place : Ranked(Request(3, seed))) ++counts[place.item % kKinds];
    for (const auto& [kind, count] : counts) ASSERT_LE(count, CategoryCap(10)) << kind;
  }
}

TEST_F(ExplorationTest, WhatTheShopPinnedStays) {
  const std::vector<Promotion> promotions = {{91, 9, 0}, {90, 10, 0}};
  for (uint64_t seed = 0; seed < 50; ++seed) {
    ShelfRequest request = Request(1, seed);
    request.promotions = promotions;
    const auto shelf = Ranked(request);
    ASSERT_EQ(shelf[9].item, 90u);
    ASSERT_EQ(shelf[8].item, 91u);
    ASSERT_GT(shelf[7].exploring, 0);
  }
}

TEST_F(ExplorationTest, NotOnAPlainOrAShortShelfNorWhereAKindWasAskedFor) {
  const auto explores = [this](const ShelfRequest& request) {
    for (const RankedItem& place : Ranked(request)) {
      if (place.exploring > 0) return true;
    }
    return false;
  };
  ShelfRequest plain = Request(2, 1);
  plain.varied = false;
  ShelfRequest asked = Request(2, 1);
  asked.asked = AttributeId{2};
  EXPECT_TRUE(explores(Request(2, 1)));
  EXPECT_FALSE(explores(plain));
  EXPECT_FALSE(explores(asked));
  EXPECT_FALSE(explores(Request(2, 1, 1000))) << "all there is is shown";
  EXPECT_FALSE(explores(Request(1, 1, 1))) << "the first place is not for trying out";
}

}  // namespace
}  // namespace baya::recommend
