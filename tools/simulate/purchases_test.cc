#include "simulate/purchases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "lib/time_text.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr char kHeader[] =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

class PurchasesTest : public ::testing::Test {
 protected:
  std::vector<Customer> Read(const std::string& rows, size_t most = 0) {
    const std::string path = ::testing::TempDir() + "purchases_test.csv";
    std::ofstream(path) << kHeader << rows;
    return ReadPurchases({.path = path,
                          .from_ms = *ParseTimeMs("2011-11-01"),
                          .until_ms = *ParseTimeMs("2011-12-10"),
                          .most_customers = most});
  }
};

TEST_F(PurchasesTest, InvoicesAscendInTimeAndKeepTheirLines) {
  const auto customers = Read(
      "9,B,b,2,2011-11-05 10:00:00,1.5,C2,UK\n"
      "9,A,a,1,2011-11-05 10:00:00,0.5,C2,UK\n"
      "8,A,a,6,2011-11-02 10:00:00,0.5,C2,UK\n"
      "7,A,a,3,2011-11-03 10:00:00,0.5,C1,UK\n");
  ASSERT_EQ(customers.size(), 2U);
  EXPECT_EQ(customers[0].id, "C1");
  ASSERT_EQ(customers[1].invoices.size(), 2U);
  EXPECT_EQ(customers[1].invoices[0].id, "8");
  ASSERT_EQ(customers[1].invoices[1].lines.size(), 2U);
  EXPECT_EQ(customers[1].invoices[1].lines[0].item, "B");
  EXPECT_EQ(customers[1].invoices[1].lines[0].quantity, 2U);
}

TEST_F(PurchasesTest, LeavesOutWhatIsNoPurchase) {
  EXPECT_TRUE(Read("C9,A,a,1,2011-11-05 10:00:00,1,U,UK\n"  // cancelled
                   "9,A,a,-1,2011-11-05 10:00:00,1,U,UK\n"  // given back
                   "9,A,a,1,2011-11-05 10:00:00,1,,UK\n"    // by nobody known
                   "9,A,a,1,2011-12-10 00:00:00,1,U,UK\n"   // too late
                   "9,A,a,1,2011-10-31 23:59:59,1,V,UK\n")  // before the window alone
                  .empty());
}

TEST_F(PurchasesTest, WhatIsBeforeTheWindowStaysWithWhoBuysInIt) {
  const auto customers = Read(
      "1,A,a,1,2011-10-01 10:00:00,1,U,UK\n"
      "2,A,a,1,2011-11-02 10:00:00,1,U,UK\n");
  ASSERT_EQ(customers.size(), 1U);
  EXPECT_EQ(customers[0].invoices.size(), 2U);
}

TEST_F(PurchasesTest, TheFirstCustomersById) {
  const std::string rows =
      "1,A,a,1,2011-11-02 10:00:00,1,3,UK\n"
      "2,A,a,1,2011-11-02 10:00:00,1,1,UK\n"
      "3,A,a,1,2011-11-02 10:00:00,1,2,UK\n";
  const auto customers = Read(rows, 2);
  ASSERT_EQ(customers.size(), 2U);
  EXPECT_EQ(customers[1].id, "2");
}

TEST_F(PurchasesTest, RowsOfOneUserAndTimeAreAnInvoice) {
  const std::string path = ::testing::TempDir() + "purchases_test_plain.csv";
  std::ofstream(path) << "user,item,timestamp\nu,A,1320282000\nu,B,1320282000\nu,A,1320290000\n";
  const auto customers = ReadPurchases({.path = path, .from_ms = 0, .until_ms = INT64_MAX});
  ASSERT_EQ(customers.size(), 1U);
  ASSERT_EQ(customers[0].invoices.size(), 2U);
  EXPECT_EQ(customers[0].invoices[0].lines.size(), 2U);
  EXPECT_EQ(customers[0].invoices[0].lines[1].quantity, 1U);
}

TEST_F(PurchasesTest, NamesTheLineThatIsWrong) {
  try {
    Read(
        "1,A,a,1,2011-11-02 10:00:00,1,3,UK\n"
        "1,A,a,some,2011-11-02 10:00:00,1,3,UK\n");
    FAIL() << "was read";
  } catch (const ToolError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("line 3: column Quantity"));
  }
}

}  // namespace
}  // namespace baya::tools
