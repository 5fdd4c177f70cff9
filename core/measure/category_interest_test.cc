#include "measure/category_interest.h"

#include <gtest/gtest.h>

#include <vector>

#include "measure/testing/samples.h"
#include "pack/testing/shop_builder.h"

namespace baya::measure {
namespace {

using profile::Deed;
using profile::EventKind;

constexpr uint32_t kLamps = 0;
constexpr uint32_t kMugs = 1;
constexpr uint32_t kOther = 2;

class CategoryInterestTest : public ::testing::Test {
 protected:
  std::optional<uint32_t> Bucket(const std::vector<Deed>& deeds) const {
    return CategoryInterest(descriptor_, *pack_.shop(), deeds);
  }

  static Deed Do(EventKind kind, std::string_view item, uint32_t quantity = 1) {
    return {kind, 1000, item, quantity};
  }

  pack::SitePack pack_ = pack::testing::LampsAndMugs().Pack();
  Descriptor descriptor_ = testing::CategoryInterest();
};

TEST_F(CategoryInterestTest, IsWhereMostUnitsAre) {
  EXPECT_EQ(
      Bucket({Do(EventKind::kProductViewed, "lamp-1"), Do(EventKind::kProductViewed, "lamp-2"),
              Do(EventKind::kOrderCompleted, "mug-1", 3)}),
      kMugs);
  EXPECT_EQ(Bucket({Do(EventKind::kProductAdded, "lamp-1", 4),
                    Do(EventKind::kOrderCompleted, "mug-1", 3)}),
            kLamps);
}

TEST_F(CategoryInterestTest, OfEqualsTheLowerWins) {
  EXPECT_EQ(Bucket({Do(EventKind::kProductViewed, "mug-1"), Do(EventKind::kProductViewed, "lamp-1"),
                    Do(EventKind::kProductViewed, "unknown")}),
            kLamps);
  EXPECT_EQ(
      Bucket({Do(EventKind::kProductViewed, "unknown"), Do(EventKind::kProductViewed, "mug-1")}),
      kMugs);
}

TEST_F(CategoryInterestTest, OnlyTheSignalsCount) {
  descriptor_.signals = kOrdered;
  EXPECT_EQ(
      Bucket({Do(EventKind::kProductViewed, "lamp-1", 9), Do(EventKind::kProductAdded, "lamp-1", 9),
              Do(EventKind::kOrderCompleted, "mug-1")}),
      kMugs);
  EXPECT_EQ(Bucket({Do(EventKind::kProductViewed, "lamp-1")}), std::nullopt);
  EXPECT_EQ(Bucket({}), std::nullopt);
  descriptor_.signals = kViewed | kAdded | kOrdered;
  for (const EventKind kind :
       {EventKind::kProductClicked, EventKind::kProductRemoved, EventKind::kProductLiked,
        EventKind::kProductListViewed, EventKind::kPage}) {
    EXPECT_EQ(Bucket({Do(kind, "lamp-1", 5)}), std::nullopt) << static_cast<int>(kind);
  }
}

TEST_F(CategoryInterestTest, WhatHasNoLabelIsOther) {
  EXPECT_EQ(Bucket({Do(EventKind::kProductViewed, "unknown")}), kOther);
  descriptor_.labels = {"mugs", "other"};
  EXPECT_EQ(Bucket({Do(EventKind::kProductViewed, "lamp-1")}), 1u);
  EXPECT_EQ(Bucket({Do(EventKind::kProductViewed, "mug-1")}), 0u);
  // The last label stands for all others even when a category is called that.
  descriptor_.labels = {"lamps", "mugs"};
  EXPECT_EQ(Bucket({Do(EventKind::kProductViewed, "unknown")}), 1u);
}

// eco-friendly is an attribute of lamp-2 and no category.
TEST_F(CategoryInterestTest, TagsAreNoCategories) {
  descriptor_.labels = {"eco-friendly", "other"};
  EXPECT_EQ(Bucket({Do(EventKind::kProductViewed, "lamp-2")}), 1u);
}

TEST_F(CategoryInterestTest, AnItemBelongsToItsFirstCategory) {
  pack::testing::ShopBuilder shop = pack::testing::LampsAndMugs();
  shop.of_items[0] = {0, 1};
  pack_ = shop.Pack();
  descriptor_.labels = {"mugs", "lamps", "other"};
  EXPECT_EQ(Bucket({Do(EventKind::kProductViewed, "lamp-1")}), 1u);
}

}  // namespace
}  // namespace baya::measure
