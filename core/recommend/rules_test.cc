#include "recommend/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "pack/testing/shop_builder.h"
#include "recommend/recommender.h"
#include "recommend/testing/shelves.h"

namespace baya::recommend {
namespace {

using pack::testing::LampsAndMugs;
using pack::testing::ShopBuilder;
using testing::kDayMs;
using testing::kLamp1;
using testing::kLamp2;
using testing::kLamp3;
using testing::kMug1;
using testing::kMug2;
using testing::kMug3;

ShopBuilder Shop() {
  ShopBuilder shop = LampsAndMugs();
  shop.items[kLamp3].flags = pack::kAdult;
  shop.attributes.push_back({pack::AttributeKind::kRegion, "DE", 0});
  shop.attributes.push_back({pack::AttributeKind::kRegion, "GB", 0});
  shop.of_items[kLamp2].push_back(3);
  shop.of_items[kLamp1].push_back(3);
  shop.of_items[kLamp1].push_back(4);
  return shop;
}

constexpr int64_t kToday = 20'000;
constexpr AttributeId kGermany = 3, kBritain = 4;

class RulesTest : public ::testing::Test {
 protected:
  std::optional<Withheld> Why(ItemIndex item, const ItemState& state = {},
                              const ShelfRequest& request = {}, bool rests = false) {
    const bool today = state.last_order_day == kToday;
    return WhyWithheld({*pack_.shop(), item, state, state.order_count, today, rests}, request);
  }

  pack::SitePack pack_ = Shop().Pack();
};

TEST_F(RulesTest, StockOpinionAndAge) {
  EXPECT_EQ(Why(kMug1), std::nullopt);
  EXPECT_EQ(Why(kMug3), Withheld::kUnavailable);
  EXPECT_EQ(Why(kMug1, {.opinion = Opinion::kDisliked}), Withheld::kDisliked);
  EXPECT_EQ(Why(kMug1, {.opinion = Opinion::kLiked}), std::nullopt);
  EXPECT_EQ(Why(kLamp3), Withheld::kAdult);
  EXPECT_EQ(Why(kLamp3, {}, {.adult = true}), std::nullopt);
}

TEST_F(RulesTest, OwnedUnlessUsedUp) {
  const ItemState owned{.order_count = 1};
  EXPECT_EQ(Why(kMug1, owned), Withheld::kOwned);
  EXPECT_EQ(Why(kMug2, owned), std::nullopt);
  EXPECT_EQ(Why(kMug2, owned, {.bought = Bought::kHide}), Withheld::kOwned);
  EXPECT_EQ(Why(kMug1, owned, {.bought = Bought::kShow}), std::nullopt);
  const ItemState twice{.order_count = 2};
  EXPECT_EQ(Why(kMug1, twice), std::nullopt);
  EXPECT_EQ(Why(kMug1, twice, {.bought = Bought::kHide}), Withheld::kOwned);
}

TEST_F(RulesTest, NothingIsUsedUpOnTheDayItWasOrdered) {
  const ItemState today{.order_count = 2, .last_order_day = kToday};
  EXPECT_EQ(Why(kMug1, today), Withheld::kOwned);
  EXPECT_EQ(Why(kMug2, today), Withheld::kOwned);
  EXPECT_EQ(Why(kMug2, today, {.bought = Bought::kShow}), std::nullopt);
}

TEST_F(RulesTest, RegionsAreWhereAnItemIsSold) {
  EXPECT_EQ(Why(kLamp2), Withheld::kRegion);
  EXPECT_EQ(Why(kLamp2, {}, {.region = kGermany}), std::nullopt);
  EXPECT_EQ(Why(kLamp2, {}, {.region = kBritain}), Withheld::kRegion);
  EXPECT_EQ(Why(kLamp1, {}, {.region = kBritain}), std::nullopt);
  EXPECT_EQ(Why(kMug1, {}, {.region = kBritain}), std::nullopt);
}

TEST_F(RulesTest, WhatRestsIsKeptOffTheVariedShelfAlone) {
  EXPECT_EQ(Why(kMug1, {}, {.varied = true}, true), Withheld::kResting);
  EXPECT_EQ(Why(kMug1, {}, {}, true), std::nullopt);
}

TEST_F(RulesTest, TheFirstReasonIsSaid) {
  const ItemState disliked{.opinion = Opinion::kDisliked, .order_count = 1};
  EXPECT_EQ(Why(kMug3, disliked), Withheld::kUnavailable);
  EXPECT_EQ(Why(kMug1, disliked), Withheld::kDisliked);
}

TEST(WithheldTest, HasANameForEachReason) {
  EXPECT_EQ(WithheldName(Withheld::kUnavailable), "unavailable");
  EXPECT_EQ(WithheldName(Withheld::kOwned), "owned");
  EXPECT_EQ(WithheldName(Withheld::kResting), "resting");
}

TEST(RestTest, AnItemThatIsLeftDayAfterDayLeavesTheShelf) {
  const pack::SitePack pack = LampsAndMugs().Pack();
  Recommender recommender = Recommender::Create(pack).value();
  const ShelfRequest request{.k = 3, .varied = true};
  EXPECT_EQ(recommender.Recommend(request, 0)->front().item, kLamp1);
  for (int64_t day = 1; day <= 5; ++day) recommender.exposure().Show(kLamp1, day);
  EXPECT_NE(recommender.Recommend(request, 5 * kDayMs)->front().item, kLamp1);
  EXPECT_EQ(recommender.Recommend({.k = 3}, 5 * kDayMs)->front().item, kLamp1);
  EXPECT_EQ(recommender.Recommend(request, 13 * kDayMs)->front().item, kLamp1);
  recommender.exposure().Take(kLamp1);
  EXPECT_EQ(recommender.Recommend(request, 5 * kDayMs)->front().item, kLamp1);
}

}  // namespace
}  // namespace baya::recommend
