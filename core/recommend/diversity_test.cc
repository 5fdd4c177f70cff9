#include "recommend/diversity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "base/testing/status_matchers.h"
#include "pack/testing/shop_builder.h"
#include "recommend/recommender.h"
#include "recommend/testing/shelves.h"

namespace baya::recommend {
namespace {

using pack::testing::ShopBuilder;
using ::testing::ElementsAre;
using testing::Items;
using testing::kLamps;
using testing::kMugs;

// `lamps` lamps, then `others` items of a category each; popular in this order.
ShopBuilder ManyLamps(uint32_t lamps, uint32_t others) {
  ShopBuilder shop;
  shop.attributes = {{pack::AttributeKind::kCategory, "lamps", 100}};
  for (uint32_t i = 0; i < lamps + others; ++i) {
    shop.items.push_back({"item-" + std::to_string(i), "Item", 100, 0});
    shop.popularity.push_back({static_cast<uint8_t>(255 - i), 0, 0, 0});
    if (i >= lamps) {
      shop.attributes.push_back({pack::AttributeKind::kCategory, "kind-" + std::to_string(i), 100});
    }
    shop.of_items.push_back({static_cast<AttributeId>(i < lamps ? kLamps : i - lamps + 1)});
  }
  shop.blend = {.attribute = 64, .popularity = 4};
  return shop;
}

std::vector<RankedItem> Pool(uint32_t size) {
  std::vector<RankedItem> pool;
  for (uint32_t i = 0; i < size; ++i) pool.push_back({.item = i, .score = 1000 - i});
  return pool;
}

// `is_all`: nothing else is left to show.
std::vector<RankedItem> Diversify(const pack::Shop& shop, const std::vector<RankedItem>& pool,
                                  uint32_t k, std::optional<AttributeId> asked, bool is_all) {
  VariedShelf shelf(shop);
  shelf.Start(k, asked);
  shelf.Take(pool);
  if (is_all) shelf.LiftCap();
  shelf.Take(pool);
  std::vector<RankedItem> finished;
  shelf.Finish(finished);
  return finished;
}

TEST(DiversityTest, TheCapIsThreeInTen) {
  EXPECT_EQ(CategoryCap(1), 1u);
  EXPECT_EQ(CategoryCap(6), 2u);
  EXPECT_EQ(CategoryCap(10), 3u);
  EXPECT_EQ(CategoryCap(11), 4u);
  EXPECT_EQ(CategoryCap(1000), 300u);
}

TEST(DiversityTest, TakesNoMoreOfACategoryThanItsCap) {
  const pack::SitePack pack = ManyLamps(8, 8).Pack();
  EXPECT_THAT(Items(Diversify(*pack.shop(), Pool(16), 10, std::nullopt, true)),
              ElementsAre(0, 1, 2, 8, 9, 10, 11, 12, 13, 14));
  EXPECT_THAT(Items(Diversify(*pack.shop(), Pool(16), 10, kLamps, true)),
              ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
  EXPECT_THAT(Items(Diversify(*pack.shop(), Pool(16), 10, kMugs, true)),
              ElementsAre(0, 1, 2, 8, 9, 10, 11, 12, 13, 14));
}

TEST(DiversityTest, FillsPastTheCapOnlyWithNothingElseToShow) {
  const pack::SitePack pack = ManyLamps(8, 2).Pack();
  EXPECT_THAT(Items(Diversify(*pack.shop(), Pool(10), 10, std::nullopt, false)),
              ElementsAre(0, 1, 2, 8, 9));
  EXPECT_THAT(Items(Diversify(*pack.shop(), Pool(10), 6, std::nullopt, true)),
              ElementsAre(0, 1, 2, 3, 8, 9));
}

TEST(DiversityTest, WhatIsChosenCountsAgainstWhatItSpeaksFor) {
  ShopBuilder shop = ManyLamps(0, 4);
  shop.table = {{}, {{0, 0.5}}, {{0, -0.5}}, {}};
  const pack::SitePack pack = shop.Pack();
  const int64_t half = int64_t{1} << 29;
  std::vector<RankedItem> pool = {{.item = 0, .score = 4 * half},
                                  {.item = 1, .score = half},
                                  {.item = 2, .score = half - 1},
                                  {.item = 3, .score = half - 2}};
  const auto shelf = Diversify(*pack.shop(), pool, 4, std::nullopt, true);
  ASSERT_THAT(Items(shelf), ElementsAre(0, 2, 3, 1));
  EXPECT_NEAR(static_cast<double>(shelf[3].variety), -half / 4.0, half / 100.0);
  EXPECT_EQ(shelf[3].score, half + shelf[3].variety);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(shelf[i].variety, 0);
}

// The same by the book: at each step the best marginal score of all that fit.
std::vector<ItemIndex> ByTheBook(const pack::Shop& shop, std::vector<RankedItem> pool, uint32_t k) {
  std::vector<RankedItem> shelf;
  std::map<AttributeId, uint32_t> taken;
  while (shelf.size() < k) {
    std::optional<RankedItem> best;
    for (RankedItem candidate : pool) {
      const auto same = [&](const RankedItem& other) { return other.item == candidate.item; };
      if (std::any_of(shelf.begin(), shelf.end(), same)) continue;
      const auto of = shop.attributes.of(candidate.item);
      const auto full = [&](AttributeId a) { return taken[a] >= CategoryCap(k); };
      if (std::any_of(of.begin(), of.end(), full)) continue;
      for (size_t i = 0; i < shop.model.sources(candidate.item).size(); ++i) {
        const auto is_source = [&](const RankedItem& other) {
          return other.item == shop.model.sources(candidate.item)[i];
        };
        if (std::none_of(shelf.begin(), shelf.end(), is_source)) continue;
        const int64_t points =
            int64_t{256} * shop.model.weights(candidate.item)[i] * shop.model.scale(candidate.item);
        candidate.variety = std::min(candidate.variety, -points);
      }
      candidate.score += candidate.variety;
      if (!best || kBetter(candidate, *best)) best = candidate;
    }
    if (!best) break;
    for (const AttributeId attribute : shop.attributes.of(best->item)) ++taken[attribute];
    shelf.push_back(*best);
  }
  std::sort(shelf.begin(), shelf.end(), kBetter);
  return Items(shelf);
}

TEST(DiversityTest, IsTheGreedyChoiceOnRandomShops) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    ShopBuilder shop = ManyLamps(6, 14);
    for (uint32_t i = 0; i < 20; ++i) {
      auto& sources = shop.table.emplace_back();
      for (uint32_t s = 0; s < 20; ++s) {
        if (s != i && random() % 3 == 0) {
          sources.push_back({s, static_cast<float>(random() % 200) / 100 - 1});
        }
      }
    }
    const pack::SitePack pack = shop.Pack();
    std::vector<RankedItem> pool;
    for (uint32_t i = 0; i < 20; ++i) {
      pool.push_back({.item = i, .score = static_cast<int64_t>(random() % 8) << 27});
    }
    std::sort(pool.begin(), pool.end(), kBetter);
    const auto k = static_cast<uint32_t>(1 + random() % 12);
    ASSERT_EQ(Items(Diversify(*pack.shop(), pool, k, std::nullopt, false)),
              ByTheBook(*pack.shop(), pool, k))
        << round;
  }
}

TEST(DiversityTest, AShelfOfAShopWithOneLargeCategoryIsMixedAndExplained) {
  const pack::SitePack pack = ManyLamps(200, 20).Pack();
  Recommender recommender = Recommender::Create(pack).value();
  BAYA_ASSERT_OK_AND_ASSIGN(const auto plain, recommender.Recommend({.k = 10}, 0));
  EXPECT_EQ(plain.back().item, 9u);
  ShelfRequest request{.k = 10, .varied = true};
  BAYA_ASSERT_OK_AND_ASSIGN(const auto shelf, recommender.Recommend(request, 0));
  EXPECT_THAT(Items(shelf), ElementsAre(0, 1, 2, 200, 201, 202, 203, 204, 205, 206));
  for (const RankedItem& place : shelf) {
    BAYA_ASSERT_OK_AND_ASSIGN(const Explanation why, recommender.Explain(place, 0));
    EXPECT_EQ(why.score, place.score);
  }
  request.asked = kLamps;
  BAYA_ASSERT_OK_AND_ASSIGN(const auto asked, recommender.Recommend(request, 0));
  EXPECT_EQ(Items(asked), Items(plain));
}

}  // namespace
}  // namespace baya::recommend
