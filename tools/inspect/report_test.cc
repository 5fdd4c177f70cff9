#include "inspect/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "lib/tool_error.h"
#include "pack/testing/shop_builder.h"

namespace baya::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(ReportTest, TellsWhatAPackHolds) {
  const Bytes file =
      pack::Seal(pack::testing::LampsAndMugs().Request(), pack::testing::TestSeed()).value();
  EXPECT_THAT(DescribePack(pack::SitePack::OpenFromAnySigner(file).value(), file),
              AllOf(HasSubstr("site      shop.example"), HasSubstr("version   1\n"),
                    HasSubstr("6 items, 11 pairs of 8 bits, 3 attributes"), HasSubstr("catalogue"),
                    HasSubstr("lamp-1 Red lamp")));
}

TEST(ReportTest, ExplainsAnItem) {
  const pack::SitePack pack = pack::testing::LampsAndMugs().Pack();
  EXPECT_THAT(DescribeItem(pack, "mug-2"),
              AllOf(HasSubstr("mug-2 Red mug\nprice     6.50 EUR"), HasSubstr("rank      4 of 6"),
                    HasSubstr("50 % of customers, after 20 days"), HasSubstr("category  mugs"),
                    HasSubstr("+0.500  mug-1 Blue mug")));
  EXPECT_THAT(DescribeItem(pack, "mug-3"), HasSubstr("not available"));
  EXPECT_THAT([&] { DescribeItem(pack, "mug-9"); },
              ThrowsMessage<ToolError>(HasSubstr("the pack has no item mug-9")));
}

TEST(ReportTest, ListsTheItems) {
  const pack::SitePack pack = pack::testing::LampsAndMugs().Pack();
  const std::string list = ListItems(pack);
  EXPECT_THAT(list, ::testing::StartsWith("item,title,categories\n\"lamp-1\",\"Red lamp\","));
  EXPECT_THAT(list, HasSubstr("\"mug-2\",\"Red mug\",\"mugs\"\n"));
  EXPECT_EQ(std::count(list.begin(), list.end(), '\n'), 7);
}

}  // namespace
}  // namespace baya::tools
