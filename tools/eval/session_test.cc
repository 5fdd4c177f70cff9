#include "eval/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "lib/time_text.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;

// 40 days of visits in which item i is mostly followed by item i + 7 of 60.
Log Walks(uint32_t visits) {
  Log log;
  log.items.resize(60);
  for (uint32_t i = 0; i < 60; ++i) log.items[i].id = "item-" + std::to_string(100 + i);
  std::mt19937 random(3);
  for (uint32_t visit = 0; visit < visits; ++visit) {
    log.users.push_back("user-" + std::to_string(100000 + visit));
    auto item = static_cast<uint32_t>(random() % 60);
    for (uint32_t i = 0; i < 7; ++i) {
      log.interactions.push_back({visit, item, visit * (40 * kDayMs / visits), visit});
      item = random() % 4 == 0 ? static_cast<uint32_t>(random() % 60) : (item + 7) % 60;
    }
  }
  return log;
}

double MeanReciprocal(const SessionModel& model) {
  double sum = 0;
  for (const PrefixRanks& rank : model.ranks) sum += ReciprocalRank(rank.without);
  return sum / static_cast<double>(model.ranks.size());
}

const SessionModel& Named(const SessionReport& report, const std::string& name) {
  for (const SessionModel& model : report.models) {
    if (model.name == name) return model;
  }
  throw ToolError("no model " + name);
}

TEST(SessionProtocolTest, MeasuresEveryModelOnTheSamePrefixes) {
  SessionOptions options;
  options.tune = false;
  options.prefixes = 300;
  const SessionReport report = RunSession(Walks(900), options);
  ASSERT_EQ(report.models.size(), 5u);
  for (const SessionModel& model : report.models) EXPECT_EQ(model.ranks.size(), 300u);
  const double pack = MeanReciprocal(Named(report, "pack, device code"));
  EXPECT_GT(pack, 0.6);
  EXPECT_GT(pack, MeanReciprocal(Named(report, "popularity")) + 0.4);
  EXPECT_GT(pack, MeanReciprocal(Named(report, "pack without session")));
  EXPECT_GT(MeanReciprocal(Named(report, "VMIS-kNN")), 0.3);
  EXPECT_THAT(SessionText(report), HasSubstr("pack - VMIS-kNN"));
}

TEST(SessionProtocolTest, SettingsAreChosenWithoutTheTestDays) {
  SessionOptions options;
  options.prefixes = 100;
  options.validation_prefixes = 250;
  Log log = Walks(900);
  const SessionReport report = RunSession(log, options);
  // Other last days: the same settings.
  std::mt19937 random(5);
  for (Interaction& row : log.interactions) {
    if (row.time_ms >= 33 * kDayMs) row.item = static_cast<uint32_t>(random() % 60);
  }
  const SessionReport other = RunSession(log, options);
  EXPECT_EQ(report.vmis.m, other.vmis.m);
  EXPECT_EQ(report.vmis.k, other.vmis.k);
  EXPECT_EQ(report.vmis.last, other.vmis.last);
  EXPECT_EQ(report.session.decay, other.session.decay);
  EXPECT_EQ(report.session.weight, other.session.weight);
  EXPECT_EQ(report.session.table.past, other.session.table.past);
  EXPECT_LT(MeanReciprocal(Named(other, "pack, device code")), 0.3);
}

TEST(SessionProtocolTest, NeedsDays) {
  SessionOptions options;
  options.test_days = 60;
  EXPECT_THROW(RunSession(Walks(100), options), ToolError);
  EXPECT_THROW(RunSession(Log{}, options), ToolError);
}

// The must-show of tools/eval/README.md, on a sample and with the settings chosen there.
TEST(SessionProtocolTest, OnlineRetailIsNotBelowVmisKnn) {
  const char* shared = std::getenv("BAYA_SHARED");
  const std::string path =
      std::string(shared == nullptr ? "" : shared) + "/data/online-retail.csv.gz";
  if (shared == nullptr || !std::filesystem::exists(path)) {
    GTEST_SKIP() << "BAYA_SHARED does not lead to data/online-retail.csv.gz";
  }
  LogOptions log;
  log.interactions = path;
  SessionOptions options;
  options.tune = false;
  options.vmis.last = 1;
  const SessionReport report = RunSession(ReadLog(log), options);
  EXPECT_EQ(report.prefixes.size(), options.prefixes);
  EXPECT_GT(MeanReciprocal(Named(report, "pack, device code")),
            MeanReciprocal(Named(report, "VMIS-kNN")));
}

}  // namespace
}  // namespace baya::tools
