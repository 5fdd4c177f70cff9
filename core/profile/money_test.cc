#include "profile/money.h"

#include <gtest/gtest.h>

#include <cmath>

#include "profile/limits.h"

namespace baya::profile {
namespace {

TEST(MoneyTest, MinorUnitsFollowTheCurrency) {
  EXPECT_EQ(MinorUnits(18.99, "USD"), 1899);
  EXPECT_EQ(MinorUnits(1800, "JPY"), 1800);
  EXPECT_EQ(MinorUnits(1.234, "KWD"), 1234);
  EXPECT_EQ(MinorUnits(0, "EUR"), 0);
}

TEST(MoneyTest, EveryPriceOfTwoDecimalsIsExact) {
  for (int64_t minor = 0; minor < 200'000; ++minor) {
    ASSERT_EQ(MinorUnits(static_cast<double>(minor) / 100, "GBP"), minor);
  }
}

TEST(MoneyTest, NoAmountThatIsNotMoney) {
  for (const double amount : {-0.01, std::nan(""), HUGE_VAL, -HUGE_VAL, 1e300}) {
    EXPECT_EQ(MinorUnits(amount, "EUR"), std::nullopt) << amount;
  }
  EXPECT_EQ(MinorUnits(static_cast<double>(kMaxMinorUnits) / 100, "EUR"), kMaxMinorUnits);
  EXPECT_EQ(MinorUnits(static_cast<double>(kMaxMinorUnits) / 100 + 1, "EUR"), std::nullopt);
}

TEST(MoneyTest, ReadsDecimalText) {
  EXPECT_EQ(ParseAmount("18.99"), 18.99);
  EXPECT_EQ(ParseAmount(".5"), 0.5);
  EXPECT_EQ(ParseAmount("007"), 7);
  for (const char* text :
       {"", ".", "1.", "1,5", "-1", "+1", "1e3", "1.2.3", " 1", "0x10", "12345678901234567890"}) {
    EXPECT_EQ(ParseAmount(text), std::nullopt) << text;
  }
}

TEST(MoneyTest, ACurrencyIsThreeCapitals) {
  EXPECT_TRUE(IsCurrency("GBP"));
  for (const char* code : {"", "GB", "gbp", "GBPX", "G1P"}) EXPECT_FALSE(IsCurrency(code)) << code;
}

}  // namespace
}  // namespace baya::profile
