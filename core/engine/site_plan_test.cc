#include "engine/site_plan.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "base/testing/status_matchers.h"
#include "crypto/sha256.h"
#include "engine/testing/shop.h"

namespace baya::engine {
namespace {

using ::baya::testing::StatusIs;
using consent::Purpose;

Result<SitePlan> Parse(std::string_view text) { return ParseSitePlan(AsBytes(text)); }

std::string With(std::string_view what, std::string_view instead) {
  std::string plan(testing::kPlan);
  return plan.replace(plan.find(what), what.size(), instead);
}

TEST(SitePlanTest, ReadsPurposesTextsAndFields) {
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePlan plan, Parse(testing::kPlan));
  EXPECT_EQ(plan.text, testing::kPlan);
  EXPECT_EQ(plan.text_version, "2026-11");
  EXPECT_EQ(plan.data.currency, "EUR");
  EXPECT_EQ(plan.data.retention_ms, int64_t{395} * 86'400'000);
  EXPECT_FALSE(plan.policy.memory_only_session);
  EXPECT_EQ(plan.policy.purposes.size(), 3u);
  const consent::DeclaredPurpose* measure = consent::FindDeclared(plan.policy, Purpose::kMeasure);
  ASSERT_NE(measure, nullptr);
  EXPECT_EQ(measure->text, crypto::Sha256(AsBytes("Count me in.")));
  EXPECT_EQ(measure->max_age_ms, int64_t{390} * 86'400'000);
  EXPECT_TRUE(profile::MayUse(plan.data, "item.id", Purpose::kPersonalize));
  EXPECT_FALSE(profile::MayUse(plan.data, "query", Purpose::kPersonalize));
}

TEST(SitePlanTest, LimitsMayBeLeftOut) {
  BAYA_ASSERT_OK_AND_ASSIGN(
      const SitePlan plan,
      Parse(R"({"version":1,"currency":"GBP","consent":{"version":"1","texts":{}},"fields":{}})"));
  EXPECT_EQ(plan.data.retention_ms, profile::kDefaultRetentionMs);
  EXPECT_TRUE(plan.policy.purposes.empty());
}

TEST(SitePlanTest, HasABudgetForMeasuring) {
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePlan usual, Parse(testing::kPlan));
  EXPECT_EQ(usual.budget_epsilon_micro, 2'000'000u);
  const auto with_budget = [](std::string_view measure) {
    return Parse(
        With(R"("version": 1,)", R"("version": 1, "measure": )" + std::string(measure) + ","));
  };
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePlan plan,
                            with_budget(R"({"budget_epsilon_micro": 500000})"));
  EXPECT_EQ(plan.budget_epsilon_micro, 500'000u);
  for (const char* bad : {R"({"budget_epsilon_micro": 100000001})", R"({"budget": 1})", "{}", "7",
                          R"({"budget_epsilon_micro": -1})", R"({"budget_epsilon_micro": 0.5})"}) {
    EXPECT_THAT(with_budget(bad), StatusIs(StatusCode::kInvalidArgument)) << bad;
  }
}

TEST(SitePlanTest, RefusesEverythingElse) {
  for (const auto& [what, instead] : std::initializer_list<std::pair<const char*, const char*>>{
           {R"("EUR")", R"("euro")"},
           {"395", "0"},
           {"395", "36501"},
           {"395", "-1"},
           {"395", "1.5"},
           {R"("fields")", R"("feilds")"},
           {R"("item.id")", R"("item.colour")"},
           {R"(["store", "personalize"])", R"("store")"},
           {R"(["store", "personalize"])", R"(["shop"])"},
           {R"("measure")", R"("marketing")"},
           {R"("Count me in.")", "7"},
           {R"("max_age_days": 390,)", R"("max_age": 390,)"},
           {R"("version": "2026-11",)", ""}}) {
    EXPECT_THAT(Parse(With(what, instead)), StatusIs(StatusCode::kInvalidArgument)) << instead;
  }
  EXPECT_THAT(Parse(With("1,", "2,")), StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(Parse(""), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Parse("[]"), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::engine
