#include "train/shopify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/line_error.h"
#include "lib/testing/temp_dir.h"
#include "train/catalogue.h"

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr char kHeader[] =
    "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,"
    "Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,"
    "Variant Inventory Policy,Variant Price,Image Src,Status\n";

class ShopifyTest : public ::testing::Test {
 protected:
  Catalogue Read(const std::string& text) { return ReadCatalogue(dir_.Write("export.csv", text)); }
  void ExpectError(const std::string& rows, const char* message) {
    EXPECT_THAT([&] { Read(kHeader + rows); }, ThrowsMessage<LineError>(HasSubstr(message)))
        << rows;
  }

  testing::TempDir dir_;
};

TEST_F(ShopifyTest, VariantsAndPicturesOfAHandleAreOneItem) {
  const Catalogue catalogue =
      Read(std::string(kHeader) +
           "tee,Classic tee,\"<p>Soft,\nsofter</p>\",Acme,Apparel > Clothing > Shirts,,\"eco, "
           "new\",true,"
           "Size,S,T-S,shopify,0,deny,20.00,https://cdn.example/1.jpg,active\n"
           "tee,,,,,,,,,M,T-M,shopify,3,deny,18.50,,\n"
           "tee,,,,,,,,,,,,,,,https://cdn.example/2.jpg,\n"
           "mug,Mug,,Acme,Home > Mugs,Mugs,,true,Title,Default Title,M,shopify,0,deny,5,,active\n"
           "rug,Rug,,Acme,,,,true,Title,Default Title,R,shopify,-1,continue,50,,active\n"
           "jar,Jar,,Acme,,,,true,Title,Default Title,J,,,deny,7,,active\n"
           "old,Old,,Acme,,,,false,Title,Default Title,O,,,deny,7,,active\n"
           "new,New,,Acme,,,,true,Title,Default Title,N,,,deny,7,,draft\n");
  ASSERT_EQ(catalogue.items.size(), 4u);
  const ItemFacts& jar = catalogue.items[0];
  EXPECT_EQ(jar.id, "jar");
  EXPECT_TRUE(jar.available);  // not tracked
  const ItemFacts& mug = catalogue.items[1];
  EXPECT_THAT(mug.categories, ElementsAre("Mugs"));
  EXPECT_FALSE(mug.available);
  EXPECT_TRUE(catalogue.items[2].available);  // sold on without stock
  const ItemFacts& tee = catalogue.items[3];
  EXPECT_EQ(tee.title, "Classic tee");
  EXPECT_EQ(tee.brand, "Acme");
  EXPECT_EQ(tee.price_minor, 1850u);
  EXPECT_THAT(tee.categories, ElementsAre("Shirts"));
  EXPECT_THAT(tee.tags, ElementsAre("eco", "new"));
  EXPECT_TRUE(tee.available);
  EXPECT_EQ(catalogue.currency, "");
}

TEST_F(ShopifyTest, ReadsTheNamesOfTheNewerTemplate) {
  const Catalogue catalogue = Read(
      "Title,URL handle,Vendor,Product category,Type,Tags,Published on online "
      "store,Status,SKU,Price,"
      "Inventory tracker,Inventory quantity,Continue selling when out of stock\n"
      "Mug,mug,Acme,Home > Mugs,,,TRUE,Active,M,5.00,shopify,0,DENY\n"
      ",mug,,,,,,,M2,4.00,shopify,0,CONTINUE\n");
  ASSERT_EQ(catalogue.items.size(), 1u);
  EXPECT_EQ(catalogue.items[0].id, "mug");
  EXPECT_EQ(catalogue.items[0].price_minor, 400u);
  EXPECT_TRUE(catalogue.items[0].available);
}

TEST_F(ShopifyTest, NamesTheLineOfWhatIsBroken) {
  ExpectError(",Mug,,,,,,true,,,,,,,5,,active\n", "line 2: an item id has 1 to 64 bytes");
  ExpectError("mug,,,,,,,true,,,,,,,5,,active\n", "line 2: the first row of a handle has no title");
  ExpectError("mug,Mug,,,,,,true,,,,,,,5,,active\nmug,Cup,,,,,,true,,,,,,,5,,active\n",
              "line 3: handle mug comes twice, with another title");
  ExpectError("mug,Mug,,,,,,perhaps,,,,,,,5,,active\n", "line 2: column Published is neither");
  ExpectError("mug,Mug,,,,,,true,,,,shopify,many,deny,5,,active\n",
              "line 2: column Variant Inventory Qty is no number");
  ExpectError("mug,Mug,,,,,,true,,,,,,,five,,active\n",
              "line 2: column Variant Price has no valid value");
  ExpectError("mug,\xff,,,,,,true,,,,,,,5,,active\n", "line 2: the text is not UTF-8");
  ExpectError("mug,Mug,\"" + std::string(70000, 'x') + "\",,,,,true,,,,,,,5,,active\n",
              "line 2: a quoted field longer than 65536 bytes");
}

}  // namespace
}  // namespace baya::tools
