#include "train/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/line_error.h"
#include "lib/testing/temp_dir.h"

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

class CatalogueTest : public ::testing::Test {
 protected:
  Catalogue Read(std::string_view text, const CatalogueOptions& options = {}) {
    return ReadCatalogue(dir_.Write("items", text), options);
  }
  void ExpectError(std::string_view text, const char* message) {
    EXPECT_THAT([&] { Read(text); }, ThrowsMessage<LineError>(HasSubstr(message))) << text;
  }

  testing::TempDir dir_;
};

TEST_F(CatalogueTest, JsonLinesAndTabsSayTheSameAsCommas) {
  const Catalogue csv = Read(
      "item,title,categories,price,available,color\n"
      "a,Alpha,Lamps|Gifts,2.50 EUR,no,red\n");
  const Catalogue json = Read(
      "{\"item\": \"a\", \"title\": \"Alpha\", \"categories\": [\"Lamps\", \"Gifts\"],"
      " \"price\": \"2.50 EUR\", \"available\": false, \"color\": {\"code\": 3}}\n");
  const Catalogue tabs = Read(
      "SKU\tName\tCategory\tPrice\tAvailable\n"
      "a\tAlpha\tLamps|Gifts\tEUR 2.50\tno\n");
  for (const Catalogue* catalogue : {&csv, &json, &tabs}) {
    ASSERT_EQ(catalogue->items.size(), 1u);
    EXPECT_EQ(catalogue->currency, "EUR");
    const ItemFacts& facts = catalogue->items[0];
    EXPECT_EQ(facts.id, "a");
    EXPECT_EQ(facts.title, "Alpha");
    EXPECT_THAT(facts.categories, ElementsAre("Lamps", "Gifts"));
    EXPECT_EQ(facts.price_minor, 250u);
    EXPECT_FALSE(facts.available);
  }
}

TEST_F(CatalogueTest, FieldsThatComeLaterInJsonCount) {
  const Catalogue catalogue = Read(
      "{\"item\": \"a\", \"title\": \"Alpha\"}\n"
      "{\"item\": \"b\", \"title\": \"Beta\", \"brand\": \"Acme\"}\n");
  EXPECT_EQ(catalogue.items[1].brand, "Acme");
}

TEST_F(CatalogueTest, RefusesWhatIsBroken) {
  ExpectError("item,title\na,A\na,B\n", "line 3: item a comes twice");
  ExpectError("item,title,price\na,A,free\n", "line 2: column price has no valid value");
  ExpectError("item,title,price\na,A,1 dollar\n", "line 2: column price has no valid value");
  ExpectError("item,title,price\na,A,1 EUR\nb,B,1 USD\n",
              "line 3: a price in USD after prices in EUR");
  ExpectError("item,title\n,A\n", "line 2: an item id has 1 to 64 bytes");
  ExpectError("item,title\n" + std::string(65, 'x') + ",A\n", "line 2: an item id has 1 to 64");
  ExpectError("item,title,adult\na,A,perhaps\n", "line 2: column adult is neither yes nor no");
  ExpectError("item\na\n", "there is no column title");
}

TEST_F(CatalogueTest, LeavesOutWhatIsBrokenWhenAsked) {
  const Catalogue catalogue =
      Read("item,title,price\na,A,free\nb,B,2\nb,again,2\n", {.skip_broken = true});
  ASSERT_EQ(catalogue.items.size(), 1u);
  EXPECT_EQ(catalogue.items[0].title, "B");
}

TEST_F(CatalogueTest, AFormatThatIsNamedWins) {
  // By its columns a feed, which knows no tags.
  constexpr char kText[] = "id,title,link,tags\na,Alpha,https://shop.example/a,eco\n";
  EXPECT_THAT(Read(kText).items[0].tags, ElementsAre());
  EXPECT_THAT(Read(kText, {.format = CatalogueFormat::kCsv}).items[0].tags, ElementsAre("eco"));
}

}  // namespace
}  // namespace baya::tools
