#include "recommend/promotions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "pack/testing/shop_builder.h"
#include "recommend/recommender.h"
#include "recommend/testing/shelves.h"

namespace baya::recommend {
namespace {

using ::baya::testing::StatusIs;
using pack::testing::LampsAndMugs;
using ::testing::ElementsAre;
using testing::Items;
using testing::kLamp1;
using testing::kLamp2;
using testing::kLamp3;
using testing::kMug1;
using testing::kMug2;
using testing::kMug3;

RankedItem Place(ItemIndex item, int64_t score) { return {.item = item, .score = score}; }

std::vector<RankedItem> Shelf() { return {Place(1, 90), Place(2, 80), Place(3, 70)}; }

TEST(PinTest, MovesUpToThePlaceAndSaysWhatThatTook) {
  auto shelf = Shelf();
  Pin(Place(9, 5), 1, 3, shelf);
  EXPECT_THAT(Items(shelf), ElementsAre(1, 9, 2));
  EXPECT_EQ(shelf[1].score, 80);
  EXPECT_EQ(shelf[1].promoted, 75);
  Pin(Place(2, 80), 0, 3, shelf);
  EXPECT_THAT(Items(shelf), ElementsAre(2, 1, 9));
  EXPECT_EQ(shelf[0].promoted, 10);
}

TEST(PinTest, LeavesWhatStandsThereOrHigher) {
  auto shelf = Shelf();
  Pin(Place(2, 80), 1, 3, shelf);
  Pin(Place(1, 90), 2, 3, shelf);
  Pin(Place(9, 5), 3, 3, shelf);
  EXPECT_THAT(Items(shelf), ElementsAre(1, 2, 3));
  for (const RankedItem& place : shelf) EXPECT_EQ(place.promoted, 0);
}

class PromotionsTest : public ::testing::Test {
 protected:
  std::vector<RankedItem> Ranked(const std::vector<Promotion>& promotions) {
    ShelfRequest request{.k = 4, .varied = true, .promotions = promotions};
    return recommender_.Recommend(request, 0).value();
  }

  pack::SitePack pack_ = LampsAndMugs().Pack();
  Recommender recommender_ = Recommender::Create(pack_).value();
};

TEST_F(PromotionsTest, PinnedAndBoostedItemsSayHowMuchOfTheirScoreTheShopGave) {
  EXPECT_EQ(Items(Ranked({})).front(), kLamp1);
  const auto shelf = Ranked({{kLamp2, 0, int64_t{1} << 30}, {kLamp3, 1, 0}});
  EXPECT_EQ(shelf[0].item, kLamp3);
  EXPECT_EQ(shelf[1].item, kLamp2);
  EXPECT_EQ(shelf[1].promoted, int64_t{1} << 30);
  for (const RankedItem& place : shelf) {
    BAYA_ASSERT_OK_AND_ASSIGN(const Explanation why, recommender_.Explain(place, 0));
    EXPECT_EQ(why.score, place.score);
    const bool promoted = place.item == kLamp2 || place.item == kLamp3;
    EXPECT_EQ(why.contributions[0].reason == Reason::kPromoted, promoted);
  }
}

TEST_F(PromotionsTest, NoPromotionGetsPastARule) {
  BAYA_ASSERT_OK(recommender_.Add({kMug1, InteractionKind::kDisliked, 0}, 0));
  for (const RankedItem& place : Ranked({{kMug1, 1, 0}, {kMug3, 1, 0}})) {
    EXPECT_NE(place.item, kMug1);
    EXPECT_NE(place.item, kMug3);
  }
  const std::vector<ItemIndex> exclude = {kMug2};
  const std::vector<Promotion> promotions = {{kMug2, 1, 0}};
  ShelfRequest request{.k = 4, .exclude = exclude, .varied = true, .promotions = promotions};
  BAYA_ASSERT_OK_AND_ASSIGN(const auto shelf, recommender_.Recommend(request, 0));
  for (const RankedItem& place : shelf) EXPECT_NE(place.item, kMug2);
}

TEST_F(PromotionsTest, AnUnknownItemIsRefused) {
  const std::vector<Promotion> promotions = {{6, 1, 0}};
  const ShelfRequest request{.k = 4, .varied = true, .promotions = promotions};
  EXPECT_THAT(recommender_.Recommend(request, 0), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::recommend
