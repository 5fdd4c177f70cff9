#include "eval/strong.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "lib/tool_error.h"
#include "train/testing/two_kinds.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using testing::TwoKinds;

double Recall(const std::vector<Quality>& qualities) { return MeanRecall(qualities); }

TEST(StrongTest, MeasuresEveryModelOnTheSamePeople) {
  const Log log = TwoKinds(400);
  StrongOptions options;
  options.folds = 5;
  options.tune = false;
  const StrongReport report = RunStrong(log, options);
  EXPECT_EQ(report.pack.size(), report.users);
  EXPECT_EQ(report.ease.size(), report.users);
  EXPECT_EQ(report.item_knn.size(), report.users);
  // Who buys lamps wants lamps: the pack must know, popularity cannot.
  EXPECT_GT(Recall(report.pack), Recall(report.popularity) + 0.1);
  EXPECT_NEAR(Recall(report.pack), Recall(report.ease), 0.05);
  EXPECT_EQ(report.unprotected.size(), report.users);
  ASSERT_EQ(report.customers.size(), report.items);
  const std::string text = StrongText(report);
  EXPECT_THAT(text, HasSubstr("pack - dense EASE"));
  EXPECT_THAT(text, HasSubstr("pack - support 1"));
  EXPECT_THAT(text, HasSubstr("pairs of 5 customers or more"));
}

TEST(StrongTest, OneFoldIsAFifth) {
  StrongOptions options;
  options.dense = false;
  options.tune = false;
  const StrongReport report = RunStrong(TwoKinds(203), options);
  EXPECT_EQ(report.pack.size(), report.users / 5 + (report.users % 5 > 0));
  EXPECT_TRUE(report.ease.empty());
}

TEST(StrongTest, NeedsPeople) { EXPECT_THROW(RunStrong(TwoKinds(5), {}), ToolError); }

// The counts and baselines of tools/eval/README.md: that the protocol is made again exactly.
TEST(StrongTest, OnlineRetailIsThePublishedProtocol) {
  const char* shared = std::getenv("BAYA_SHARED");
  const std::string path =
      std::string(shared == nullptr ? "" : shared) + "/data/online-retail.csv.gz";
  if (shared == nullptr || !std::filesystem::exists(path)) {
    GTEST_SKIP() << "BAYA_SHARED does not lead to data/online-retail.csv.gz";
  }
  LogOptions log;
  log.interactions = path;
  StrongOptions options;
  options.dense = false;
  options.tune = false;
  const StrongReport report = RunStrong(ReadLog(log), options);
  EXPECT_EQ(report.users, 4076u);
  EXPECT_EQ(report.items, 3659u);
  EXPECT_EQ(report.ones, 265634u);
  EXPECT_EQ(report.pack.size(), 816u);
  EXPECT_NEAR(Recall(report.popularity), 0.071, 0.001);
  EXPECT_NEAR(Recall(report.item_knn), 0.2885, 0.001);
  // Dense EASE reaches .3567 on this fold.
  EXPECT_GT(Recall(report.pack), 0.3567);
  EXPECT_LT(report.model_bytes + report.ranking_bytes, 35.0 * report.items);
}

}  // namespace
}  // namespace baya::tools
