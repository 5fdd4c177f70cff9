#include "eval/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/testing/temp_dir.h"
#include "lib/time_text.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing::TempDir;

// Thirty lamps and thirty mugs; everybody buys of one kind, six a month.
class ReplayTest : public ::testing::Test {
 protected:
  ReplayTest() {
    std::string items = "item,title,categories\n";
    for (int i = 0; i < 60; ++i) {
      items += ItemOf(i) + "," + (i % 2 == 0 ? "Lamp" : "Mug") + " " + std::to_string(i) + ",\n";
    }
    std::string log = "user,item,timestamp\n";
    for (int user = 0; user < 80; ++user) {
      // The last twenty come in the second half of the year alone.
      for (int month = user < 60 ? 1 : 7; month <= 9; ++month) {
        for (int i = 0; i < 6; ++i) {
          const int item = (user * 7 + month * 11 + i * 5) % 30 * 2 + user % 2;
          log += "u" + std::to_string(user) + "," + ItemOf(item) + ",2011-0" +
                 std::to_string(month) + "-1" + std::to_string(user % 9) + "\n";
        }
      }
    }
    options_.interactions = dir_.Write("log.csv", log);
    options_.catalogue = dir_.Write("items.csv", items);
    options_.split_ms = *ParseTimeMs("2011-07-01");
    options_.tune = false;
    options_.shop.ridge.min_support = 1;
  }

  static std::string ItemOf(int i) { return "sku-" + std::to_string(i); }

  TempDir dir_;
  ReplayOptions options_;
};

TEST_F(ReplayTest, LearnsFromEveryInvoiceAfterTheSplit) {
  const ReplayReport report = RunReplay(options_);
  EXPECT_EQ(report.customers, 80u);
  ASSERT_THAT(report.invoices, SizeIs(240));
  double learned = 0;
  for (const ReplayedInvoice& invoice : report.invoices) {
    // The same history gives the same shelf.
    if (invoice.since == 0) {
      EXPECT_EQ(invoice.adaptive, invoice.frozen);
    }
    if (invoice.before == invoice.since) learned += invoice.adaptive - invoice.frozen;
  }
  // Whom the frozen device has never seen, the other knows after one invoice.
  EXPECT_GT(learned, 5);
  EXPECT_THAT(ReplayText(report), HasSubstr("new customers, 1 or more"));
}

TEST_F(ReplayTest, NeedsInvoicesAfterTheSplit) {
  options_.split_ms = *ParseTimeMs("2012-01-01");
  EXPECT_THROW(RunReplay(options_), ToolError);
}

}  // namespace
}  // namespace baya::tools
