#include "train/merchant.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/line_error.h"
#include "lib/testing/temp_dir.h"
#include "lib/tool_error.h"
#include "train/catalogue.h"

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

constexpr char kRss[] =
    "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n"
    "<rss xmlns:g=\"http://base.google.com/ns/1.0\" version=\"2.0\">\n"
    "<channel>\n"
    "<title>A shop</title>\n"
    "<item>\n"
    "<g:id>TV_2</g:id>\n"
    "<title>Not this one</title><g:title><![CDATA[Television & stand]]></g:title>\n"
    "<link>https://shop.example/tv</link>\n"
    "<g:price>159.00 USD</g:price>\n"
    "<g:availability>out_of_stock</g:availability>\n"
    "<g:product_type>Electronics &gt; Video &gt; Televisions</g:product_type>\n"
    "<g:product_type>Sale</g:product_type>\n"
    "<g:google_product_category>404</g:google_product_category>\n"
    "<g:shipping><g:country>US</g:country></g:shipping>\n"
    "</item>\n"
    "<item><g:id>TV_1</g:id><title>Radio</title><g:brand>Acme</g:brand><g:adult>no</g:adult>\n"
    "<g:google_product_category>Electronics > Radios</g:google_product_category></item>\n"
    "</channel>\n"
    "</rss>\n";

class MerchantTest : public ::testing::Test {
 protected:
  Catalogue Read(std::string_view text) { return ReadCatalogue(dir_.Write("feed", text)); }
  void ExpectError(const std::string& text, const char* message) {
    EXPECT_THAT([&] { Read(text); }, ThrowsMessage<LineError>(HasSubstr(message))) << text;
  }
  // A feed of one item with this inside, on line 3.
  static std::string Item(const std::string& inside) {
    return "<rss xmlns:g=\"http://base.google.com/ns/1.0\">\n<channel>\n<item>" + inside +
           "</item>\n</channel></rss>";
  }

  testing::TempDir dir_;
};

TEST_F(MerchantTest, ReadsRss) {
  const Catalogue catalogue = Read(kRss);
  EXPECT_EQ(catalogue.currency, "USD");
  ASSERT_EQ(catalogue.items.size(), 2u);
  const ItemFacts& radio = catalogue.items[0];
  EXPECT_EQ(radio.id, "TV_1");
  EXPECT_EQ(radio.brand, "Acme");
  EXPECT_TRUE(radio.available);
  EXPECT_THAT(radio.categories, ElementsAre("Radios"));
  const ItemFacts& television = catalogue.items[1];
  EXPECT_EQ(television.title, "Television & stand");
  EXPECT_EQ(television.price_minor, 15900u);
  EXPECT_FALSE(television.available);
  EXPECT_THAT(television.categories, ElementsAre("Televisions", "Sale"));
}

TEST_F(MerchantTest, ReadsAtomWithAnyPrefix) {
  const Catalogue catalogue = Read(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:s=\"http://base.google.com/ns/1.0\">\n"
      "<title>A shop</title>\n"
      "<entry><id>tag:shop.example:1</id><s:id>a</s:id><title>Alpha</title>"
      "<s:price>2 EUR</s:price><s:google_product_category>404</s:google_product_category>"
      "</entry></feed>");
  ASSERT_EQ(catalogue.items.size(), 1u);
  EXPECT_EQ(catalogue.items[0].id, "a");
  EXPECT_EQ(catalogue.items[0].title, "Alpha");
  EXPECT_THAT(catalogue.items[0].categories, IsEmpty());
}

TEST_F(MerchantTest, ReadsText) {
  const Catalogue catalogue = Read(
      "id\ttitle\timage link\tprice\tavailability\tproduct type\tadult\n"
      "a\t5\" pipe, copper\thttps://shop.example/a.jpg\t3.49 GBP\tpreorder\tPipes > Copper\tyes\n");
  ASSERT_EQ(catalogue.items.size(), 1u);
  EXPECT_EQ(catalogue.currency, "GBP");
  EXPECT_EQ(catalogue.items[0].title, "5\" pipe, copper");
  EXPECT_TRUE(catalogue.items[0].available);
  EXPECT_TRUE(catalogue.items[0].adult);
  EXPECT_THAT(catalogue.items[0].categories, ElementsAre("Copper"));
}

TEST_F(MerchantTest, EntitiesOfItsOwnAreRefused) {
  ExpectError(
      "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">"
      "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n" +
          Item("<g:id>&b;</g:id><title>x</title>"),
      "a document type declaration");
  // Without a declaration an unknown entity stays as it is.
  EXPECT_EQ(Read(Item("<g:id>&b;</g:id><title>x</title>")).items[0].id, "&b;");
}

TEST_F(MerchantTest, NamesTheLineOfWhatIsBroken) {
  ExpectError(Item("<title>x</title>"), "no column id");
  ExpectError(Item("<g:id> </g:id><title>x</title>"), "line 3: an item id has 1 to 64 bytes");
  ExpectError(Item("<g:id>a</g:id><title>x</title></item>\n<item><g:id>a</g:id>"),
              "line 4: item a comes twice");
  ExpectError(Item("<g:id>a</g:id><title>x</title><g:price>cheap</g:price>"),
              "line 3: column price has no valid value");
  ExpectError(Item("<g:id>a</g:id><title>x</title><g:availability>soon</g:availability>"),
              "line 3: availability is");
  ExpectError(Item("<g:id><b>a</b></g:id><title>x</title>"), "line 3: column id holds an object");
  ExpectError(Item("<g:id>a</g:id><title>" + std::string(70000, 'x') + "</title>"),
              "line 3: column title has more than 65536 bytes");
  ExpectError(Item("<g:id>\xff</g:id>"), "line 3: the text is not UTF-8");
  ExpectError(Item("<g:id>a</g:id>") + std::string(1, '\0'), "line 4: a zero byte");
  ExpectError("<rss>\n<channel>\n<item>\n", "this is no XML");
  ExpectError("<rss><channel></channel></rss>", "the feed has no item");
  ExpectError("<html><body/></html>", "neither an RSS channel nor an Atom feed");
}

TEST_F(MerchantTest, DepthAndManyNamesAreNoTrouble) {
  std::string deep, names;
  for (int i = 0; i < 200'000; ++i) deep += "<a>";
  for (int i = 0; i < 200'000; ++i) deep += "</a>";
  for (int i = 0; i < 2000; ++i) names += "<n" + std::to_string(i) + "/>";
  EXPECT_EQ(Read(Item("<g:id>a</g:id><title>x</title>" + deep)).items.size(), 1u);
  ExpectError(Item("<g:id>a</g:id>" + names), "more than 1024 different columns");
}

}  // namespace
}  // namespace baya::tools
