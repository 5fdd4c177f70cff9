#include "train/features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

ItemFacts Item(std::string title, uint32_t price_minor = 0) {
  ItemFacts facts;
  facts.title = std::move(title);
  facts.price_minor = price_minor;
  return facts;
}

TEST(FeaturesTest, SplitsTitlesIntoWords) {
  EXPECT_THAT(WordsOf("Set of 3 RED T-light holders"), ElementsAre("light", "holder"));
  EXPECT_THAT(WordsOf("Tasse f\u00fcr Kinder"), ElementsAre("tasse", "f\u00fcr", "kinder"));
  EXPECT_THAT(WordsOf("berries glasses bus cakes"), ElementsAre("berry", "glasse", "bus", "cake"));
  EXPECT_THAT(WordsOf("Christmas canvas"), ElementsAre("christmas", "canvas"));
  EXPECT_THAT(WordsOf(""), IsEmpty());
}

TEST(FeaturesTest, DerivesACategoryFromWhatTitlesEndWith) {
  std::vector<ItemFacts> items = {Item("Red desk lamp"), Item("Floor lamps"), Item("Tall mug"),
                                  Item("Mug"), Item("Lamp shade")};
  DeriveCategories(items, 2, 10);
  EXPECT_THAT(items[0].categories, ElementsAre("lamp"));
  EXPECT_THAT(items[1].categories, ElementsAre("lamp"));
  EXPECT_THAT(items[3].categories, ElementsAre("mug"));
  EXPECT_THAT(items[4].categories, ElementsAre("lamp"));  // nothing better in its title
  std::vector<ItemFacts> few = {Item("Red desk lamp"), Item("Floor lamps"), Item("Mug")};
  DeriveCategories(few, 2, 10);
  EXPECT_THAT(few[2].categories, IsEmpty());
}

TEST(FeaturesTest, ContentVectorsAreUnitVectorsOfSharedFeatures) {
  std::vector<ItemFacts> items(30);
  items[0] = Item("amber lamp");
  items[1] = Item("amber vase");
  items[2] = Item("unique");
  items[2].tags = {"eco-friendly"};
  items[3].tags = {"eco-friendly"};
  const auto vectors = ContentVectors(items);
  ASSERT_THAT(vectors[0], SizeIs(1));  // "lamp" is on one item only
  EXPECT_FLOAT_EQ(vectors[0][0].weight, 1);
  EXPECT_EQ(vectors[0][0].feature, vectors[1][0].feature);
  EXPECT_THAT(vectors[2], SizeIs(1));
  EXPECT_EQ(vectors[2][0].feature, vectors[3][0].feature);
  EXPECT_THAT(vectors[4], IsEmpty());
}

TEST(FeaturesTest, AttributesCarryCategoriesTagsWordsAndPriceBands) {
  std::vector<ItemFacts> items;
  for (uint32_t i = 0; i < 20; ++i) items.push_back(Item("thing", 100 * (i + 1)));
  items[0].categories = {"Lamps"};
  items[0].brand = "Acme";
  items[1].tags = {"eco-friendly"};
  for (int i = 0; i < 6; ++i) items[static_cast<size_t>(i)].title = "amber thing";
  const AttributeTable table = MakeAttributes(items, 5);
  std::vector<std::string> names;
  for (const auto& attribute : table.attributes) names.push_back(attribute.name);
  EXPECT_THAT(names,
              ElementsAre("Lamps", "Acme", "eco-friendly", "amber", "thing", "13.00 to 16.99",
                          "5.00 to 8.99", "9.00 to 12.99", "from 17.00", "under 5.00"));
  EXPECT_THAT(table.of_items[0], ElementsAre(0, 1, 3, 4, 9));
  EXPECT_THAT(table.of_items[19], ElementsAre(4, 8));
  EXPECT_EQ(table.attributes[0].weight, 255);  // one item in twenty has it
  EXPECT_EQ(table.attributes[4].weight, 0);    // all have it
}

TEST(FeaturesTest, ARegionIsForTheRuleAndHasNoWeight) {
  std::vector<ItemFacts> items = {Item("a"), Item("b"), Item("c")};
  items[1].regions = {"DE", "AT"};
  const AttributeTable table = MakeAttributes(items, 5);
  ASSERT_THAT(table.attributes, SizeIs(2));
  EXPECT_EQ(table.attributes[0].kind, pack::AttributeKind::kRegion);
  EXPECT_EQ(table.attributes[0].name, "AT");
  EXPECT_EQ(table.attributes[0].weight, 0);
  EXPECT_THAT(table.of_items[0], IsEmpty());
  EXPECT_THAT(table.of_items[1], ElementsAre(0, 1));
  EXPECT_THAT(ContentVectors(items)[1], IsEmpty());
  items[1].regions = {std::string(300, 'x')};
  EXPECT_THROW(MakeAttributes(items, 5), ToolError);
}

TEST(FeaturesTest, WithoutPricesThereAreNoBands) {
  const AttributeTable table = MakeAttributes({Item("a"), Item("b")}, 5);
  EXPECT_THAT(table.attributes, IsEmpty());
  EXPECT_THAT(table.of_items, SizeIs(2));
}

}  // namespace
}  // namespace baya::tools
