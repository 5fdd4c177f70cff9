#include "train/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/line_error.h"
#include "lib/testing/temp_dir.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

constexpr char kRetail[] =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    "536365,85123A,WHITE HOLDER,6,2010-12-01T08:26:00Z,2.55,17850,United Kingdom\n"
    "536365,71053,WHITE METAL LANTERN,6,2010-12-01T08:26:00Z,3.39,17850,United Kingdom\n"
    "536366,85123A,WHITE HOLDER,1,2010-12-02T08:26:00Z,2.95,13047,United Kingdom\n"
    "536367,85123A,WHITE T-LIGHT HOLDER,1,2010-12-03T08:26:00Z,2.95,13047,United Kingdom\n"
    "536368,85123A,WHITE HOLDER,1,2011-12-01T08:26:00Z,9.99,13047,United Kingdom\n"
    "536369,71053,no customer,6,2010-12-01T08:26:00Z,3.39,,United Kingdom\n"
    "C36370,71053,cancelled,-6,2010-12-01T08:26:00Z,3.39,17850,United Kingdom\n"
    "536371,71053,lost,-6,2010-12-01T08:26:00Z,3.39,17850,United Kingdom\n"
    "536372,71053,free,6,2010-12-01T08:26:00Z,0,17850,United Kingdom\n"
    "536373,POST,POSTAGE,1,2010-12-01T08:26:00Z,18,17850,United Kingdom\n"
    "536374,71053ABC,no code,1,2010-12-01T08:26:00Z,18,17850,United Kingdom\n";

class LogTest : public ::testing::Test {
 protected:
  LogOptions Options(std::string_view text) {
    LogOptions options;
    options.interactions = dir_.Write("log.csv", text);
    return options;
  }

  testing::TempDir dir_;
};

TEST_F(LogTest, ReadsTheCompleteJourneyAndTheProductsThatWereBought) {
  LogOptions options = Options(
      "household_id,store_id,basket_id,product_id,quantity,sales_value,transaction_timestamp\n"
      "7,1,501,900,2,3.5,2017-01-28T19:06:53Z\n"
      "7,1,501,901,1,3.5,2017-01-28T19:06:53Z\n"
      "8,1,502,900,0,0,2017-01-29T19:06:53Z\n");
  EXPECT_THAT([&] { ReadLog(options); }, ThrowsMessage<ToolError>(HasSubstr("--catalogue")));
  options.catalogue = dir_.Write(
      "products.csv",
      "product_id,manufacturer_id,department,brand,product_category,product_type,package_size\n"
      "902,1,GROCERY,National,ICE,ICE - CUBED,22 LB\n"
      "900,1,PASTRY,Private,BREAD,BREAD:ITALIAN/FRENCH,\n"
      "901,2,MISCELLANEOUS,National,,,\n");
  const Log log = ReadLog(options);
  ASSERT_EQ(log.items.size(), 2u);
  EXPECT_EQ(log.items[0].title, "Bread:italian/french");
  EXPECT_THAT(log.items[0].categories, ElementsAre("Bread"));
  EXPECT_EQ(log.items[0].brand, "Private");
  EXPECT_EQ(log.items[1].title, "Miscellaneous");
  EXPECT_THAT(log.items[1].categories, IsEmpty());
  ASSERT_EQ(log.interactions.size(), 2u);
  EXPECT_EQ(log.interactions[0].basket, log.interactions[1].basket);
}

TEST_F(LogTest, CleansTheOnlineRetailColumns) {
  LogOptions options = Options(kRetail);
  options.before_ms = ParseTimeMs("2011-11-01");
  const Log log = ReadLog(options);
  EXPECT_THAT(log.users, ElementsAre("13047", "17850"));
  ASSERT_EQ(log.items.size(), 2u);
  EXPECT_EQ(log.items[0].id, "71053");
  EXPECT_EQ(log.items[0].title, "White metal lantern");
  EXPECT_EQ(log.items[1].title, "White holder");  // the commonest of two
  EXPECT_EQ(log.items[1].price_minor, 295u);      // the median of three
  EXPECT_EQ(log.currency, "GBP");
  ASSERT_EQ(log.interactions.size(), 4u);
  EXPECT_EQ(log.interactions[0].user, 1u);
  EXPECT_EQ(log.interactions[0].item, 1u);
  EXPECT_EQ(log.interactions[0].time_ms, ParseTimeMs("2010-12-01T08:26:00Z"));
}

TEST_F(LogTest, NamesTheLineOfABrokenRowAndLosesNothingElse) {
  const std::string good(kRetail);
  const std::string rows[] = {
      "1,85123A,x,six,2010-12-01,2.55,17850,UK\n", "1,85123A,x,6,yesterday,2.55,17850,UK\n",
      "1,85123A,x,6,2010-12-01,cheap,17850,UK\n", "1,85123A,x,6,2010-12-01\n",
      "1,85123A,x\"y,6,2010-12-01,2.55,17850,UK\n"};
  for (const std::string& row : rows) {
    LogOptions options = Options(good + row);
    EXPECT_THAT([&] { ReadLog(options); },
                ThrowsMessage<LineError>(HasSubstr("log.csv, line 13: ")))
        << row;
    options.skip_broken = true;
    EXPECT_EQ(ReadLog(options).interactions.size(), 5u) << row;
  }
}

TEST_F(LogTest, ReadsUserItemTimestampWithACatalogue) {
  LogOptions options = Options("timestamp,user,item\n100,u2,b\n200,u1,a\n300,u1,gone\n");
  options.catalogue =
      dir_.Write("items.csv",
                 "item,title,categories,brand,price,tags,available,replenishable,regions\n"
                 "b,Beta,Lamps|Gifts,Acme,2.50,eco-friendly| for children ,yes,,DE|AT\n"
                 "a,Alpha,,,,,no,yes,\n"
                 "c,Never bought,,,,,,,\n");
  const Log log = ReadLog(options);
  ASSERT_EQ(log.items.size(), 3u);
  EXPECT_EQ(log.items[0].title, "Alpha");
  EXPECT_FALSE(log.items[0].available);
  EXPECT_EQ(log.items[0].replenishable, true);
  EXPECT_THAT(log.items[0].categories, IsEmpty());
  EXPECT_THAT(log.items[1].categories, ElementsAre("Lamps", "Gifts"));
  EXPECT_THAT(log.items[1].tags, ElementsAre("eco-friendly", "for children"));
  EXPECT_THAT(log.items[1].regions, ElementsAre("DE", "AT"));
  EXPECT_EQ(log.items[1].price_minor, 250u);
  EXPECT_EQ(log.items[1].replenishable, std::nullopt);
  ASSERT_EQ(log.interactions.size(), 2u);
  EXPECT_EQ(log.interactions[1].item, 0u);
  EXPECT_EQ(log.interactions[1].time_ms, 200'000);
}

TEST_F(LogTest, SaysWhatIsMissing) {
  EXPECT_THAT([&] { ReadLog(Options("user,item\n1,2\n")); },
              ThrowsMessage<LineError>(HasSubstr("no column timestamp")));
  EXPECT_THAT([&] { ReadLog(Options("user,item,timestamp\n1,2,3\n")); },
              ThrowsMessage<ToolError>(HasSubstr("--catalogue")));
  LogOptions empty = Options(kRetail);
  empty.before_ms = 0;
  EXPECT_THAT([&] { ReadLog(empty); }, ThrowsMessage<ToolError>(HasSubstr("no usable row")));
}

constexpr char kTwoItems[] = "item,title\na,Alpha\nb,Beta\n";

TEST_F(LogTest, ReadsOtherNamesTypesAndValues) {
  LogOptions options = Options(
      "visitorid,event,itemid,timestamp,quantity,colour\n"
      "v1,view,a,1000000000,,red\n"
      "v1,addtocart,b,1000000001,2,red\n"
      "v1,remove_from_cart,b,1000000002,1,red\n"
      "v2,transaction,b,1000000003,-1,red\n"
      "v2,transaction,a,1000000004,1,red\n");
  options.catalogue = dir_.Write("items.csv", kTwoItems);
  EXPECT_EQ(ReadLog(options).interactions.size(), 3u);
  options.types = {"purchase", "view"};
  EXPECT_EQ(ReadLog(options).interactions.size(), 2u);
  options.types = {"cart"};
  options.min_value = 2;
  EXPECT_EQ(ReadLog(options).interactions.size(), 1u);
  options.min_value = 2.5;
  EXPECT_THAT([&] { ReadLog(options); }, ThrowsMessage<ToolError>(HasSubstr("no usable row")));
}

TEST_F(LogTest, ReadsJsonLinesLikeCommas) {
  const std::string csv =
      "user,item,type,time\nu2,b,view,100\nu1,a,purchase,2024-01-31T10:00:00Z\n";
  const std::string json =
      "{\"user\": \"u2\", \"item\": \"b\", \"type\": \"view\", \"time\": 100}\n"
      "{\"item\": \"a\", \"user\": \"u1\", \"time\": \"2024-01-31T10:00:00Z\","
      " \"type\": \"purchase\", \"properties\": {\"price\": 3}}\n";
  std::vector<Log> logs;
  for (const std::string& text : {csv, json}) {
    LogOptions options = Options(text);
    options.catalogue = dir_.Write("items.csv", kTwoItems);
    logs.push_back(ReadLog(options));
  }
  EXPECT_EQ(logs[0].users, logs[1].users);
  ASSERT_EQ(logs[0].interactions.size(), 2u);
  ASSERT_EQ(logs[1].interactions.size(), 2u);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(logs[0].interactions[i].user, logs[1].interactions[i].user);
    EXPECT_EQ(logs[0].interactions[i].item, logs[1].interactions[i].item);
    EXPECT_EQ(logs[0].interactions[i].time_ms, logs[1].interactions[i].time_ms);
  }
}

TEST_F(LogTest, ASessionOfAUserIsABasket) {
  LogOptions options = Options("user,session,item,time\nu,s1,a,100\nu,s2,b,200\nu,s1,b,300\n");
  options.catalogue = dir_.Write("items.csv", kTwoItems);
  const Log log = ReadLog(options);
  EXPECT_THAT(log.users, ElementsAre("u"));
  EXPECT_EQ(log.interactions[0].basket, log.interactions[2].basket);
  EXPECT_NE(log.interactions[0].basket, log.interactions[1].basket);
}

TEST_F(LogTest, ColumnsMayBeNamed) {
  LogOptions options = Options("who,what,when,user\nu1,a,100,x\nu2,b,200,x\n");
  options.catalogue = dir_.Write("items.csv", kTwoItems);
  options.columns = {{LogRole::kUser, "who"}, {LogRole::kItem, "what"}, {LogRole::kTime, "When"}};
  EXPECT_THAT(ReadLog(options).users, ElementsAre("u1", "u2"));
  options.columns[2].column = "never";
  EXPECT_THAT([&] { ReadLog(options); },
              ThrowsMessage<LineError>(HasSubstr("line 1: there is no column never")));
  options.columns = {{LogRole::kValue, "worth"}};
  EXPECT_THAT([&] { ReadLog(options); },
              ThrowsMessage<LineError>(HasSubstr("line 1: there is no column worth")));
  EXPECT_EQ(ParseLogRole("session"), LogRole::kSession);
  EXPECT_EQ(ParseLogRole("weight"), std::nullopt);
}

TEST_F(LogTest, WhatIsWrongIsSaidWithoutWhatWasThere) {
  const std::string rows[] = {"u,a,jane@example.com,1\n", "u,a,100,jane@example.com\n",
                              "jane@example.com," + std::string(65, 'x') + ",100,1\n"};
  for (const std::string& row : rows) {
    LogOptions options = Options("user,item,time,value\n" + row);
    options.catalogue = dir_.Write("items.csv", kTwoItems);
    try {
      ReadLog(options);
      ADD_FAILURE() << row;
    } catch (const LineError& error) {
      EXPECT_THAT(error.what(), HasSubstr("log.csv, line 2: "));
      EXPECT_THAT(error.what(), ::testing::Not(HasSubstr("jane")));
    }
  }
}

TEST_F(LogTest, RefusesWhatDoesNotFitTheLayout) {
  LogOptions retail = Options(kRetail);
  retail.types = {"purchase"};
  EXPECT_THAT([&] { ReadLog(retail); }, ThrowsMessage<ToolError>(HasSubstr("--types")));
  LogOptions typeless = Options("user,item,time\nu,a,100\n");
  typeless.catalogue = dir_.Write("items.csv", kTwoItems);
  typeless.types = {"purchase"};
  EXPECT_THAT([&] { ReadLog(typeless); }, ThrowsMessage<LineError>(HasSubstr("no column type")));
  EXPECT_THAT([&] { ReadLog(Options("item,time\na,100\n")); },
              ThrowsMessage<LineError>(HasSubstr("no column user")));
  EXPECT_THAT([&] { ReadLog(Options("<log/>")); }, ThrowsMessage<ToolError>(HasSubstr("is XML")));
}

TEST_F(LogTest, PricesSayTheCurrency) {
  LogOptions options = Options("user,item,time\nu,a,100\n");
  options.catalogue = dir_.Write("items.csv", "item,title,price\na,Alpha,2.50 USD\n");
  EXPECT_EQ(ReadLog(options).currency, "USD");
  options.currency = "EUR";
  EXPECT_THAT([&] { ReadLog(options); },
              ThrowsMessage<ToolError>(HasSubstr("has prices in USD, not in EUR")));
}

}  // namespace
}  // namespace baya::tools
