#include "train/event_types.h"

#include <gtest/gtest.h>

namespace baya::tools {
namespace {

TEST(EventTypesTest, KnowsTheNamesOfCommonLogs) {
  EXPECT_EQ(EventType("Product Viewed"), "view");
  EXPECT_EQ(EventType("view_item"), "view");
  EXPECT_EQ(EventType("addtocart"), "cart");
  EXPECT_EQ(EventType("add_to_cart"), "cart");
  EXPECT_EQ(EventType("Order Completed"), "purchase");
  EXPECT_EQ(EventType("transaction"), "purchase");
  EXPECT_EQ(EventType("remove-from-cart"), "remove");
  EXPECT_EQ(EventType("Shared With A Friend"), "sharedwithafriend");
}

TEST(EventTypesTest, WithoutAWishAllThatTakesNothingBackCounts) {
  const TypeChoice choice({});
  for (const char* type : {"view", "purchase", "", "sharedwithafriend"}) {
    EXPECT_TRUE(choice.Counts(type)) << type;
  }
  for (const char* type : {"remove", "dislike", "return"}) EXPECT_FALSE(choice.Counts(type));
}

TEST(EventTypesTest, AWishNamesWhatCounts) {
  const TypeChoice choice({"Order Completed", "shared-with-a-friend"});
  EXPECT_TRUE(choice.Counts(EventType("purchase")));
  EXPECT_TRUE(choice.Counts(EventType("Shared with a friend")));
  EXPECT_FALSE(choice.Counts("view"));
  EXPECT_FALSE(choice.Counts(""));
}

}  // namespace
}  // namespace baya::tools
