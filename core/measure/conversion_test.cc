#include "measure/conversion.h"

#include <gtest/gtest.h>

#include <vector>

namespace baya::measure {
namespace {

using profile::Deed;
using profile::EventKind;

Deed Show(std::string_view item, int64_t time_ms) {
  return {EventKind::kProductListViewed, time_ms, item, 1};
}
Deed Buy(std::string_view item, int64_t time_ms) {
  return {EventKind::kOrderCompleted, time_ms, item, 1};
}

std::optional<Conversion> Of(const std::vector<Deed>& deeds) {
  return ConversionAfterRecommendation(deeds);
}

TEST(ConversionTest, WithoutAnyDeedThereIsNothing) { EXPECT_EQ(Of({}), std::nullopt); }

TEST(ConversionTest, NothingShown) {
  EXPECT_EQ(Of({{EventKind::kPage, 1, "", 0}}), kShownNothing);
  EXPECT_EQ(Of({Buy("lamp", 1)}), kShownNothing);
  // A list without products: another than the shelf, or an empty one.
  EXPECT_EQ(Of({{EventKind::kProductListViewed, 1, "", 0}, Buy("lamp", 2)}), kShownNothing);
}

TEST(ConversionTest, ShownAndNotBought) {
  EXPECT_EQ(Of({Show("lamp", 1)}), kShownBoughtNothing);
  EXPECT_EQ(Of({Show("lamp", 1), {EventKind::kProductAdded, 2, "lamp", 1}}), kShownBoughtNothing);
  // What was bought before it was shown, or at the same moment, is no consequence of it.
  EXPECT_EQ(Of({Buy("lamp", 1), Show("lamp", 2)}), kShownBoughtNothing);
  EXPECT_EQ(Of({Show("lamp", 2), Buy("lamp", 2)}), kShownBoughtNothing);
}

TEST(ConversionTest, ShownAndSomethingElseBought) {
  EXPECT_EQ(Of({Show("lamp", 1), Buy("mug", 2)}), kBoughtSomethingElse);
  EXPECT_EQ(Of({Show("lamp", 1), Buy("mug", 2), Show("mug", 3)}), kBoughtSomethingElse);
}

TEST(ConversionTest, ShownAndBought) {
  EXPECT_EQ(Of({Show("lamp", 1), Buy("mug", 2), Buy("lamp", 2)}), kBoughtWhatWasShown);
  EXPECT_EQ(Of({Show("mug", 1), Buy("lamp", 2), Show("lamp", 3), Buy("lamp", 4), Show("lamp", 5)}),
            kBoughtWhatWasShown);
}

}  // namespace
}  // namespace baya::measure
