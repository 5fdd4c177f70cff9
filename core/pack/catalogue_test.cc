#include "pack/catalogue.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "pack/limits.h"
#include "pack/writer/sections.h"

namespace baya::pack {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::Not;

const std::vector<CatalogueItem> kItems = {{"b-2", "Second", 1250, kReplenishable},
                                           {"a-1", "Premi\u00e8re", 0, 0},
                                           {"c", "", UINT32_MAX, kUnavailable | kAdult}};

TEST(CatalogueTest, ReadsWhatTheWriterWrote) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes section, EncodeCatalogue(kItems, "EUR"));
  BAYA_ASSERT_OK_AND_ASSIGN(const Catalogue catalogue, Catalogue::Parse(section));
  ASSERT_EQ(catalogue.size(), 3u);
  EXPECT_EQ(catalogue.currency(), "EUR");
  for (ItemIndex item = 0; item < 3; ++item) {
    EXPECT_EQ(catalogue.id(item), kItems[item].id);
    EXPECT_EQ(catalogue.title(item), kItems[item].title);
    EXPECT_EQ(catalogue.price_minor(item), kItems[item].price_minor);
    EXPECT_EQ(catalogue.flags(item), kItems[item].flags);
    EXPECT_EQ(catalogue.Find(kItems[item].id), item);
  }
  EXPECT_EQ(catalogue.Find("a"), std::nullopt);
  EXPECT_EQ(catalogue.Find("z"), std::nullopt);
  EXPECT_EQ(catalogue.Find(""), std::nullopt);
}

TEST(CatalogueTest, MayBeEmpty) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes section, EncodeCatalogue({}, "XXX"));
  BAYA_ASSERT_OK_AND_ASSIGN(const Catalogue catalogue, Catalogue::Parse(section));
  EXPECT_EQ(catalogue.size(), 0u);
  EXPECT_EQ(catalogue.Find("a"), std::nullopt);
}

TEST(CatalogueTest, RefusesEveryPrefixAndAnyTail) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes section, EncodeCatalogue(kItems, "EUR"));
  for (size_t size = 0; size < section.size(); ++size) {
    EXPECT_THAT(Catalogue::Parse(ByteView(section).first(size)), Not(IsOk())) << size;
  }
  section.push_back(0);
  EXPECT_THAT(Catalogue::Parse(section), StatusIs(StatusCode::kInvalidArgument));
}

TEST(CatalogueTest, WriterRefusesWhatTheFormatCannotHold) {
  const auto encode = [](CatalogueItem item) { return EncodeCatalogue({item}, "EUR"); };
  EXPECT_THAT(encode({"", "no id", 0, 0}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(encode({std::string(kMaxItemIdBytes + 1, 'x'), "", 0, 0}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(encode({"a", std::string(kMaxTitleBytes + 1, 'x'), 0, 0}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(encode({"a", "\xff", 0, 0}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(EncodeCatalogue({{"a", "", 0, 0}, {"a", "", 0, 0}}, "EUR"),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(EncodeCatalogue({}, "EURO"), StatusIs(StatusCode::kInvalidArgument));
}

TEST(CatalogueTest, RefusesACountWithoutBytes) {
  const Bytes huge = {0x00, 0x0f, 0xff, 0xff, 'E', 'U', 'R', 1, 1};
  EXPECT_THAT(Catalogue::Parse(huge), StatusIs(StatusCode::kInvalidArgument));
  const Bytes past_limit = {0xff, 0xff, 0xff, 0xff, 'E', 'U', 'R'};
  EXPECT_THAT(Catalogue::Parse(past_limit), StatusIs(StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace baya::pack
