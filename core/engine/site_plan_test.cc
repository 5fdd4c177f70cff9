#include "engine/site_plan.h"

#include <gtest/gtest.h>

#include <string>

#include "base/testing/status_matchers.h"
#include "crypto/sha256.h"
#include "engine/plan_section.h"
#include "engine/testing/shop.h"

namespace baya::engine {
namespace {

using ::baya::testing::StatusIs;
using consent::Purpose;

Result<SitePlan> Parse(const PlanSection& plan) {
  return ParseSitePlan(EncodePlanSection(plan).value());
}

TEST(SitePlanTest, ReadsPurposesTextsAndFields) {
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePlan plan, Parse(testing::Plan()));
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

TEST(SitePlanTest, APromotionHasAPlaceOrABoostAndAReason) {
  PlanSection plan = testing::Plan();
  plan.promotions = {{"a", 3, 0, "why"}, {"b", 0, 9, "why"}, {"c", 1, 0, "why"}};
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePlan read, Parse(plan));
  ASSERT_EQ(read.promotions.size(), 3u);
  EXPECT_EQ(read.promotions[0].item, "b");
  EXPECT_EQ(read.promotions[1].item, "c");
  EXPECT_EQ(read.promotions[2].item, "a");
  for (const PlanPromotion& bad : {PlanPromotion{"a", 0, 0, "why"}, PlanPromotion{"", 1, 0, "why"},
                                   PlanPromotion{"a", 1, 0, ""}}) {
    plan.promotions = {bad};
    EXPECT_THAT(Parse(plan), StatusIs(StatusCode::kInvalidArgument));
  }
  plan.promotions.assign(kMaxPlanPromotions + 1, {"a", 1, 0, "why"});
  EXPECT_THAT(Parse(plan), StatusIs(StatusCode::kResourceExhausted));
}

TEST(SitePlanTest, APlanMayAskForNothing) {
  PlanSection section;
  section.currency = "GBP";
  section.retention_days = 1;
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePlan plan, Parse(section));
  EXPECT_TRUE(plan.policy.purposes.empty());
  EXPECT_TRUE(plan.data.fields.empty());
}

TEST(SitePlanTest, HasABudgetForMeasuring) {
  PlanSection section = testing::Plan();
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePlan usual, Parse(section));
  EXPECT_EQ(usual.budget_epsilon_micro, 2'000'000u);
  section.budget_epsilon_micro = kMaxPlanBudgetMicro;
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePlan most, Parse(section));
  EXPECT_EQ(most.budget_epsilon_micro, kMaxPlanBudgetMicro);
}

TEST(SitePlanTest, HasAShareForExploring) {
  PlanSection section = testing::Plan();
  EXPECT_EQ(Parse(section)->exploration_permille, 100);
  section.exploration_permille = kMaxExplorationPermille;
  EXPECT_EQ(Parse(section)->exploration_permille, kMaxExplorationPermille);
  EXPECT_EQ(EmptySitePlan("EUR").exploration_permille, 0);
}

TEST(SitePlanTest, RefusesWhatMakesNoSense) {
  const auto expect_refused = [](auto change) {
    PlanSection plan = testing::Plan();
    change(plan);
    EXPECT_THAT(Parse(plan), StatusIs(StatusCode::kInvalidArgument));
  };
  expect_refused([](PlanSection& plan) { plan.currency = "eur"; });
  expect_refused([](PlanSection& plan) { plan.retention_days = 0; });
  expect_refused([](PlanSection& plan) { plan.retention_days = kMaxPlanDays + 1; });
  expect_refused([](PlanSection& plan) { plan.max_age_days = kMaxPlanDays + 1; });
  expect_refused([](PlanSection& plan) { plan.fields[0].name = "item.colour"; });
  expect_refused([](PlanSection& plan) { plan.fields[1].name = "item.id"; });
  expect_refused([](PlanSection& plan) { plan.texts[1].purpose = Purpose::kStore; });
  expect_refused([](PlanSection& plan) { plan.budget_epsilon_micro = kMaxPlanBudgetMicro + 1; });
  expect_refused(
      [](PlanSection& plan) { plan.exploration_permille = kMaxExplorationPermille + 1; });
}

}  // namespace
}  // namespace baya::engine
