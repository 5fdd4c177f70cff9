#include "recommend/recommender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>

#include "base/testing/status_matchers.h"
#include "pack/testing/shop_builder.h"
#include "recommend/testing/shelves.h"

namespace baya::recommend {
namespace {

using ::baya::testing::StatusIs;
using pack::testing::LampsAndMugs;
using pack::testing::ShopBuilder;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using testing::Items;
using testing::kDayMs;
using testing::kLamp1;
using testing::kLamp2;
using testing::kLamp3;
using testing::kMug1;
using testing::kMug2;
using testing::kMug3;
using testing::kNow;
using ::testing::Not;

class RecommenderTest : public ::testing::Test {
 protected:
  RecommenderTest()
      : pack_(LampsAndMugs().Pack()), recommender_(Recommender::Create(pack_).value()) {}

  void Do(ItemIndex item, InteractionKind kind, int64_t time_ms = kNow) {
    BAYA_EXPECT_OK(recommender_.Add({.item = item, .kind = kind, .time_ms = time_ms}, kNow));
  }
  std::vector<ItemIndex> Shelf(ShelfRequest request = {}) {
    return Items(recommender_.Recommend(request, kNow).value());
  }

  pack::SitePack pack_;
  Recommender recommender_;
};

TEST_F(RecommenderTest, WithoutAHistoryThePopularComeFirst) {
  EXPECT_THAT(Shelf(), ElementsAre(kLamp1, kMug1, kLamp2, kMug2, kLamp3));
}

TEST_F(RecommenderTest, WhatSomeoneBuysLiftsItsKind) {
  Do(kMug1, InteractionKind::kOrdered);
  EXPECT_THAT(Shelf(), ElementsAre(kMug2, kLamp2, kLamp1, kLamp3));
  Do(kLamp3, InteractionKind::kViewed);
  EXPECT_THAT(Shelf(), ElementsAre(kMug2, kLamp2, kLamp1, kLamp3));
}

TEST_F(RecommenderTest, BoughtItemsShowAsAsked) {
  Do(kMug1, InteractionKind::kOrdered, kNow - kDayMs);
  Do(kMug2, InteractionKind::kOrdered, kNow - kDayMs);
  EXPECT_THAT(Shelf({.k = 9, .bought = Bought::kHide}), ElementsAre(kLamp2, kLamp1, kLamp3));
  EXPECT_THAT(Shelf({.k = 9, .bought = Bought::kReplenishable}), Contains(kMug2));
  EXPECT_THAT(Shelf({.k = 9, .bought = Bought::kReplenishable}), Not(Contains(kMug1)));
  EXPECT_THAT(Shelf({.k = 9, .bought = Bought::kShow}), Contains(kMug1));
  Do(kMug2, InteractionKind::kOrdered);
  EXPECT_THAT(Shelf({.k = 9}), Not(Contains(kMug2)));
}

TEST_F(RecommenderTest, ACardRanksOldAndNewItemsInOneList) {
  ShopBuilder shop = LampsAndMugs();
  pack::RepeatCard& card = shop.repeat.emplace();
  card.item_points = {0, 0, 0, 0, 0, 0};
  card.points[0] = 1024;  // ordered on one day
  const pack::SitePack pack = shop.Pack();
  Recommender recommender = Recommender::Create(pack).value();
  BAYA_EXPECT_OK(
      recommender.Add({.item = kMug1, .kind = InteractionKind::kOrdered, .time_ms = kNow}, kNow));
  const ShelfRequest all{.k = 9, .bought = Bought::kShow};
  EXPECT_EQ(Items(*recommender.Recommend(all, kNow))[0], kMug1);
  EXPECT_THAT(recommender.Explain(kMug1, kNow)->contributions,
              Contains(Field(&Contribution::reason, Reason::kBuyAgain)));
  EXPECT_THAT(recommender.Explain(kMug2, kNow)->contributions,
              Not(Contains(Field(&Contribution::reason, Reason::kBuyAgain))));
  recommender.Forget();
  EXPECT_EQ(Items(*recommender.Recommend(all, kNow))[0], kLamp1);
}

TEST_F(RecommenderTest, ADislikeRemovesTheItemAndLowersItsKindAtOnce) {
  Do(kMug1, InteractionKind::kOrdered);
  const int64_t before = recommender_.Explain(kLamp2, kNow)->score;
  Do(kLamp1, InteractionKind::kDisliked);
  EXPECT_THAT(Shelf(), Not(Contains(kLamp1)));
  EXPECT_LT(recommender_.Explain(kLamp2, kNow)->score, before);
  Do(kLamp1, InteractionKind::kLiked, kNow + 1);
  EXPECT_GT(recommender_.Explain(kLamp2, kNow)->score, before);
}

TEST_F(RecommenderTest, ExcludedAndUnavailableItemsNeverShow) {
  const std::vector<ItemIndex> exclude = {kMug2, kLamp1, kMug2};
  EXPECT_THAT(Shelf({.k = 9, .exclude = exclude}), ElementsAre(kMug1, kLamp2, kLamp3));
  EXPECT_THAT(Shelf({.k = 9}), Not(Contains(kMug3)));
  EXPECT_THAT(Shelf({.k = 9}), Contains(kLamp1));
  EXPECT_THAT(Shelf({.k = 2}), ElementsAre(kLamp1, kMug1));
}

TEST_F(RecommenderTest, AdultItemsShowOnlyOnRequest) {
  ShopBuilder shop = LampsAndMugs();
  shop.items[kLamp1].flags = pack::kAdult;
  const pack::SitePack pack = shop.Pack();
  Recommender recommender = Recommender::Create(pack).value();
  EXPECT_THAT(Items(*recommender.Recommend({}, kNow)), Not(Contains(kLamp1)));
  ShelfRequest adult;
  adult.adult = true;
  EXPECT_THAT(Items(*recommender.Recommend(adult, kNow)), Contains(kLamp1));
}

TEST_F(RecommenderTest, SaysBecauseOfWhat) {
  Do(kMug1, InteractionKind::kOrdered);
  BAYA_ASSERT_OK_AND_ASSIGN(const Explanation mug, recommender_.Explain(kMug2, kNow));
  EXPECT_EQ(mug.contributions[0].reason, Reason::kHistory);
  EXPECT_EQ(mug.contributions[0].ref, kMug1);
  EXPECT_EQ(mug.contributions[1].reason, Reason::kAttribute);
  BAYA_ASSERT_OK_AND_ASSIGN(const Explanation lamp, recommender_.Explain(kLamp2, kNow));
  EXPECT_EQ(lamp.contributions[0].reason, Reason::kAttribute);
  EXPECT_EQ(lamp.contributions[0].ref, 2u);  // eco-friendly
  EXPECT_EQ(lamp.contributions.back().reason, Reason::kTrending);
  EXPECT_LT(lamp.contributions.back().points, 0);
}

TEST_F(RecommenderTest, TellsALeaningAndLetsThePersonCorrectIt) {
  Do(kMug1, InteractionKind::kOrdered);
  const auto leanings = recommender_.Leanings(kNow);
  ASSERT_EQ(leanings.size(), 2u);
  EXPECT_EQ(leanings[0].attribute, 1);
  EXPECT_EQ(leanings[0].strength_q10, 1024);
  EXPECT_FALSE(leanings[0].declared);
  const int64_t before = recommender_.Explain(kLamp2, kNow)->score;
  BAYA_EXPECT_OK(recommender_.Declare(2, 0));
  EXPECT_LT(recommender_.Explain(kLamp2, kNow)->score, before);
  EXPECT_THAT(recommender_.Explain(kLamp2, kNow)->contributions,
              Not(Contains(Field(&Contribution::reason, Reason::kAttribute))));
  EXPECT_TRUE(recommender_.Leanings(kNow)[1].declared);
}

TEST_F(RecommenderTest, ForgettingLeavesTheControlVisitorsShelf) {
  const std::vector<ItemIndex> fresh = Shelf();
  Do(kMug1, InteractionKind::kOrdered);
  EXPECT_NE(Shelf(), fresh);
  recommender_.Forget();
  EXPECT_EQ(Shelf(), fresh);
  EXPECT_THAT(recommender_.Leanings(kNow), IsEmpty());
}

TEST_F(RecommenderTest, AMutedItemIsNobodysReasonAndStaysOwned) {
  const std::vector<ItemIndex> fresh = Shelf({.bought = Bought::kShow});
  Do(kMug1, InteractionKind::kOrdered);
  const std::vector<ItemIndex> lifted = Shelf();
  BAYA_EXPECT_OK(recommender_.Mute(kMug1, true));
  EXPECT_EQ(Shelf({.bought = Bought::kShow}), fresh);
  EXPECT_THAT(Shelf(), Not(Contains(kMug1)));
  EXPECT_THAT(recommender_.Explain(kMug2, kNow)->contributions,
              Not(Contains(Field(&Contribution::reason, Reason::kHistory))));
  Do(kMug1, InteractionKind::kViewed);
  EXPECT_EQ(Shelf({.bought = Bought::kShow}), fresh);
  BAYA_EXPECT_OK(recommender_.Mute(kMug1, false));
  EXPECT_EQ(Shelf(), lifted);
  EXPECT_THAT(recommender_.Mute(6, true), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(RecommenderTest, AMutedItemIsNotDueAgainAndADislikeStands) {
  Do(kMug2, InteractionKind::kOrdered, kNow - 60 * kDayMs);
  const auto buy_again = Contains(Field(&Contribution::reason, Reason::kBuyAgain));
  EXPECT_THAT(recommender_.Explain(kMug2, kNow)->contributions, buy_again);
  BAYA_EXPECT_OK(recommender_.Mute(kMug2, true));
  EXPECT_THAT(recommender_.Explain(kMug2, kNow)->contributions, Not(buy_again));
  Do(kMug2, InteractionKind::kDisliked);
  EXPECT_THAT(Shelf(), Not(Contains(kMug2)));
}

TEST_F(RecommenderTest, RefusesWhatDoesNotExist) {
  EXPECT_THAT(recommender_.Add({.item = 6, .time_ms = 0}, kNow),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(recommender_.Explain(6, kNow), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(recommender_.Declare(3, 0), StatusIs(StatusCode::kInvalidArgument));
  const std::vector<ItemIndex> exclude = {kLamp1, 6};
  ShelfRequest request;
  request.exclude = exclude;
  EXPECT_THAT(recommender_.Recommend(request, kNow), StatusIs(StatusCode::kInvalidArgument));
  for (const uint32_t k : {0u, 1001u}) {
    request = {};
    request.k = k;
    EXPECT_THAT(recommender_.Recommend(request, kNow), StatusIs(StatusCode::kInvalidArgument));
  }
}

TEST(RecommenderWithoutShopTest, IsRefused) {
  pack::SealRequest request;
  request.site = "shop.example";
  request.version = 1;
  const auto pack =
      pack::SitePack::OpenFromAnySigner(pack::Seal(request, pack::testing::TestSeed()).value());
  EXPECT_THAT(Recommender::Create(*pack).status(), StatusIs(StatusCode::kFailedPrecondition));
}

// Properties over random shops and histories.

ShopBuilder RandomShop(std::mt19937& random) {
  const auto below = [&random](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  ShopBuilder shop;
  const uint32_t n = 40;
  for (uint32_t a = 0; a < 12; ++a) {
    shop.attributes.push_back({static_cast<pack::AttributeKind>(1 + a % 5), "a" + std::to_string(a),
                               static_cast<uint8_t>(below(256))});
  }
  for (uint32_t i = 0; i < n; ++i) {
    shop.items.push_back({"i" + std::to_string(i), "", below(5000), 0});
    std::vector<pack::WeightedSource> row;
    std::vector<pack::AttributeId> attributes;
    for (uint32_t s = 0; s < n; ++s) {
      if (s != i && below(4) == 0) row.push_back({s, below(2000) / 1000.0 - 0.5});
    }
    for (uint16_t a = 0; a < 12; ++a) {
      if (below(3) == 0) attributes.push_back(a);
    }
    shop.table.push_back(row);
    shop.of_items.push_back(attributes);
    shop.popularity.push_back({static_cast<uint8_t>(below(256)),
                               static_cast<int8_t>(static_cast<int>(below(255)) - 127),
                               static_cast<uint8_t>(below(256)), static_cast<uint8_t>(below(256))});
  }
  shop.blend = {.half_life_days = 30,
                .attribute = static_cast<uint16_t>(below(65536)),
                .repeat = static_cast<uint16_t>(below(65536)),
                .popularity = static_cast<uint16_t>(below(65536)),
                .trend = static_cast<uint16_t>(below(65536))};
  return shop;
}

std::vector<Interaction> RandomHistory(std::mt19937& random) {
  std::vector<Interaction> history;
  for (size_t i = 0; i < random() % 60; ++i) {
    history.push_back({.item = static_cast<ItemIndex>(random() % 40),
                       .kind = static_cast<InteractionKind>(1 + random() % 7),
                       .time_ms = kNow - static_cast<int64_t>(random() % 200) * kDayMs / 2,
                       .weight_permille = static_cast<uint16_t>(random() % 1001)});
  }
  return history;
}

void AddRandomCard(std::mt19937& random, ShopBuilder& shop) {
  pack::RepeatCard& card = shop.repeat.emplace();
  card.context = static_cast<int16_t>(random());
  for (int16_t& points : card.points) points = static_cast<int16_t>(random());
  for (int16_t& slope : card.slopes) slope = static_cast<int16_t>(random());
  for (size_t i = 0; i < shop.items.size(); ++i) {
    card.item_points.push_back(static_cast<int8_t>(random()));
  }
}

TEST(RecommenderPropertyTest, ContributionsAddUpAndArrivalOrderDoesNotMatter) {
  std::mt19937 random(20111031);
  for (int round = 0; round < 30; ++round) {
    ShopBuilder shop = RandomShop(random);
    if (round % 2 == 1) AddRandomCard(random, shop);
    const pack::SitePack pack = shop.Pack();
    std::vector<Interaction> history = RandomHistory(random);
    Recommender at_once = Recommender::Create(pack).value();
    for (const Interaction& interaction : history) {
      BAYA_ASSERT_OK(at_once.Add(interaction, kNow));
    }
    std::shuffle(history.begin(), history.end(), random);
    Recommender over_time = Recommender::Create(pack).value();
    for (const Interaction& interaction : history) {
      BAYA_ASSERT_OK(over_time.Add(interaction, interaction.time_ms));
    }
    const ShelfRequest all{.k = 40, .bought = Bought::kShow};
    BAYA_ASSERT_OK_AND_ASSIGN(const auto shelf, at_once.Recommend(all, kNow));
    BAYA_ASSERT_OK_AND_ASSIGN(const auto again, over_time.Recommend(all, kNow));
    ASSERT_EQ(Items(shelf), Items(again));
    for (const RankedItem& ranked : shelf) {
      BAYA_ASSERT_OK_AND_ASSIGN(const Explanation why, at_once.Explain(ranked.item, kNow));
      EXPECT_EQ(why.score, ranked.score);
      int64_t sum = 0;
      for (const Contribution& contribution : why.contributions) sum += contribution.points;
      EXPECT_EQ(sum, ranked.score);
    }
    EXPECT_TRUE(std::is_sorted(shelf.begin(), shelf.end(), [](const auto& a, const auto& b) {
      return a.score != b.score ? a.score > b.score : a.item < b.item;
    }));
  }
}

// All that the model says, as one text.
std::string Everything(Recommender& recommender) {
  std::string text;
  for (ItemIndex item = 0; item < 40; ++item) {
    const Explanation why = recommender.Explain(item, kNow).value();
    for (const Contribution& part : why.contributions) {
      text += std::to_string(static_cast<int>(part.reason)) + ":" + std::to_string(part.ref) + ":" +
              std::to_string(part.points) + " ";
    }
    text += "\n";
  }
  for (const Leaning& leaning : recommender.Leanings(kNow)) {
    text += std::to_string(leaning.attribute) + "=" + std::to_string(leaning.strength_q10) + " ";
  }
  return text;
}

std::string Learned(const pack::SitePack& pack, const std::vector<Interaction>& history) {
  Recommender recommender = Recommender::Create(pack).value();
  for (const Interaction& interaction : history) {
    EXPECT_THAT(recommender.Add(interaction, kNow), baya::testing::IsOk());
  }
  return Everything(recommender);
}

TEST(RecommenderPropertyTest, WhatIsErasedIsOutAndWhatIsMergedIsIn) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    const pack::SitePack pack = RandomShop(random).Pack();
    const std::vector<Interaction> all = RandomHistory(random);
    std::vector<Interaction> kept, erased;
    for (const Interaction& interaction : all) {
      (random() % 2 == 0 ? kept : erased).push_back(interaction);
    }
    // Erased: as if it had never been, also for who has learned it already.
    Recommender device = Recommender::Create(pack).value();
    for (const Interaction& interaction : all) BAYA_ASSERT_OK(device.Add(interaction, kNow));
    device.Forget();
    for (const Interaction& interaction : kept) BAYA_ASSERT_OK(device.Add(interaction, kNow));
    EXPECT_EQ(Everything(device), Learned(pack, kept));
    // Merged: two devices together know what one that did it all knows.
    std::vector<Interaction> merged = erased;
    merged.insert(merged.end(), kept.begin(), kept.end());
    EXPECT_EQ(Learned(pack, merged), Learned(pack, all));
  }
}

TEST(RecommenderPropertyTest, LeaningsAreSumsOverTheItemsOfAnAttribute) {
  std::mt19937 random(8);
  const pack::SitePack pack = RandomShop(random).Pack();
  Affinity one(pack.shop()->attributes, 64);
  Affinity other(pack.shop()->attributes, 64);
  Affinity both(pack.shop()->attributes, 64);
  std::vector<std::pair<ItemIndex, int32_t>> taken;
  for (int i = 0; i < 200; ++i) {
    const auto item = static_cast<ItemIndex>(random() % 40);
    const auto delta = static_cast<int32_t>(random() % 2049) - 1024;
    (i % 2 == 0 ? one : other).Add(item, delta);
    both.Add(item, delta);
    if (i % 2 == 1) taken.emplace_back(item, delta);
  }
  for (AttributeId a = 0; a < 12; ++a)
    EXPECT_EQ(one.Leaning(a) + other.Leaning(a), both.Leaning(a));
  for (const auto& [item, delta] : taken) both.Add(item, -delta);
  for (AttributeId a = 0; a < 12; ++a) {
    EXPECT_EQ(one.Leaning(a), both.Leaning(a));
    EXPECT_EQ(one.Points(a), both.Points(a));
  }
}

}  // namespace
}  // namespace baya::recommend
