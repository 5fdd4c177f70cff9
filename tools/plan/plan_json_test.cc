#include "plan/plan_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "engine/plan_section.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr std::string_view kPlan = R"({
  "version": 1,
  "currency": "EUR",
  "retention_days": 395,
  "consent": {
    "version": "2026-11",
    "max_age_days": 390,
    "texts": {
      "store": "Remember what I look at.",
      "partner:7": "Answer the hotel."
    }
  },
  "fields": {
    "item.id": ["store", "personalize"],
    "trait.email": ["partner"]
  }
})";

std::string With(std::string_view what, std::string_view instead) {
  std::string plan(kPlan);
  return plan.replace(plan.find(what), what.size(), instead);
}

TEST(PlanJsonTest, SaysWhatTheJsonSays) {
  const Bytes section = PlanFromJson(kPlan);
  const engine::PlanSection plan = engine::DecodePlanSection(section).value();
  EXPECT_EQ(plan.currency, "EUR");
  EXPECT_EQ(plan.retention_days, 395);
  EXPECT_EQ(plan.max_age_days, 390);
  EXPECT_EQ(plan.text_version, "2026-11");
  ASSERT_EQ(plan.texts.size(), 2u);
  EXPECT_EQ(plan.texts[0].purpose, consent::PartnerPurpose(7));
  EXPECT_EQ(plan.texts[1].text, "Remember what I look at.");
  ASSERT_EQ(plan.fields.size(), 2u);
  EXPECT_TRUE(plan.fields[0].purposes.Has(consent::Purpose::kPersonalize));
  EXPECT_TRUE(plan.fields[1].purposes.Has(consent::PartnerPurpose(9)));
}

TEST(PlanJsonTest, ReadsPromotionsAndSaysWhatIsWrongWithOne) {
  const auto promoting = [](const std::string& promotion) {
    return With("\"fields\"", "\"promotions\": [" + promotion + "],\n  \"fields\"");
  };
  const Bytes section = PlanFromJson(promoting(R"({"item": "a", "place": 2, "reason": "Made here"},
      {"item": "b", "boost": 4096, "reason": "New"})"));
  const engine::PlanSection plan = engine::DecodePlanSection(section).value();
  ASSERT_EQ(plan.promotions.size(), 2u);
  EXPECT_EQ(plan.promotions[0].place, 2);
  EXPECT_EQ(plan.promotions[1].boost, 4096);
  EXPECT_EQ(PlanFromJson(PlanToJson(section)), section);
  EXPECT_THAT([&] { PlanFromJson(promoting(R"({"item": "a", "place": 256, "reason": "x"})")); },
              ThrowsMessage<ToolError>(HasSubstr("must be a whole number, 1 to 255")));
  EXPECT_THAT([&] { PlanFromJson(promoting(R"({"item": "a", "place": 1})")); },
              ThrowsMessage<ToolError>(HasSubstr("promotions.reason: is missing")));
  EXPECT_THROW(PlanFromJson(promoting(R"({"item": "a", "reason": "x"})")), ToolError);
}

TEST(PlanJsonTest, SaysWhatShareOfAShelfMayExplore) {
  const auto share = [](std::string_view json) {
    return engine::DecodePlanSection(PlanFromJson(json)).value().exploration_permille;
  };
  const auto with = [](std::string_view permille) {
    return With("\"fields\"",
                "\"exploration_permille\": " + std::string(permille) + ",\n  \"fields\"");
  };
  EXPECT_EQ(share(kPlan), engine::kDefaultExplorationPermille);
  for (const int permille : {0, 50, 300})
    EXPECT_EQ(share(with(std::to_string(permille))), permille);
  EXPECT_EQ(share(PlanToJson(PlanFromJson(with("0")))), 0);
  for (const std::string_view wrong : {"301", "-1", "0.5", "\"100\""}) {
    EXPECT_THAT([&] { PlanFromJson(with(wrong)); },
                ThrowsMessage<ToolError>(
                    HasSubstr("exploration_permille: must be a whole number, at most 300")));
  }
}

TEST(PlanJsonTest, ComesBackAsItWas) {
  const Bytes section = PlanFromJson(kPlan);
  EXPECT_EQ(PlanFromJson(PlanToJson(section)), section);
  EXPECT_THAT(PlanToJson(section), HasSubstr("\"store\": \"Remember what I look at.\""));
  EXPECT_THROW(PlanToJson(AsBytes("{}")), ToolError);
}

TEST(PlanJsonTest, LimitsMayBeLeftOut) {
  const Bytes section = PlanFromJson(
      R"({"version":1,"currency":"GBP","consent":{"version":"1","texts":{}},"fields":{}})");
  const engine::PlanSection plan = engine::DecodePlanSection(section).value();
  EXPECT_EQ(plan.retention_days, 395) << "13 months";
  EXPECT_EQ(plan.max_age_days, 0) << "no limit";
  EXPECT_FALSE(plan.memory_only_session);
}

TEST(PlanJsonTest, NamesTheMemberThatIsWrong) {
  const std::pair<std::string, const char*> cases[] = {
      {With(R"("EUR")", R"("euro")"), "currency: must be three capital letters"},
      {With(R"("EUR")", R"("eur")"), "the plan: the data plan has no currency"},
      {With(R"("EUR")", "7"), "currency: must be a text"},
      {With("395", "0"), "retention_days: must be a whole number of days, 1 to 36500"},
      {With("395", "36501"), "retention_days"},
      {With("390", "1.5"), "consent.max_age_days"},
      {With(R"("fields")", R"("feilds")"), "feilds: there is no such member"},
      {With(R"("texts")", R"("text")"), "consent.text: there is no such member"},
      {With(R"("item.id")", R"("item.colour")"), "names a field that does not exist"},
      {With(R"(["partner"])", R"("store")"), "fields.trait.email: must be a list of purposes"},
      {With(R"(["partner"])", R"(["shop"])"), "fields.trait.email: there is no purpose shop"},
      {With(R"("partner:7")", R"("marketing")"), "consent.texts.marketing: there is no purpose"},
      {With(R"("Answer the hotel.")", "7"), "consent.texts.partner:7: must be a text"},
      {With(R"("version": "2026-11",)", ""), "consent.version: is missing"},
      {With("1,", "2,"), "version: must be 1"},
      {With("395,", "395,,"), "line 4 is not JSON"},
      {With(R"("currency": "EUR",)", R"("version": 1,)"), "a name twice"},
      {"[]", "all of it: must be an object"},
      {"", "line 1 is not JSON"}};
  for (const auto& wrong : cases) {
    EXPECT_THAT([&] { PlanFromJson(wrong.first); },
                ThrowsMessage<ToolError>(HasSubstr(wrong.second)))
        << wrong.first;
  }
}

}  // namespace
}  // namespace baya::tools
