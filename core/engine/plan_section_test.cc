#include "engine/plan_section.h"

#include <gtest/gtest.h>

#include <string>

#include "base/testing/status_matchers.h"
#include "engine/testing/shop.h"

namespace baya::engine {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::Not;

TEST(PlanSectionTest, ReadsWhatItWrites) {
  PlanSection plan = testing::Plan();
  plan.promotions = {{"lamp-1", 2, 300, "Made here"}};
  plan.exploration_permille = 250;
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, EncodePlanSection(plan));
  BAYA_ASSERT_OK_AND_ASSIGN(const PlanSection read, DecodePlanSection(bytes));
  EXPECT_EQ(read.currency, "EUR");
  EXPECT_EQ(read.retention_days, 395);
  EXPECT_FALSE(read.memory_only_session);
  EXPECT_EQ(read.text_version, "2026-11");
  EXPECT_EQ(read.max_age_days, 390);
  ASSERT_EQ(read.texts.size(), 3u);
  EXPECT_EQ(read.texts[2].purpose, consent::Purpose::kMeasure);
  EXPECT_EQ(read.texts[2].text, "Count me in.");
  ASSERT_EQ(read.fields.size(), 12u);
  EXPECT_EQ(read.fields[11].name, "trait.email");
  EXPECT_EQ(read.budget_epsilon_micro, 2'000'000u);
  EXPECT_EQ(read.fields[0].purposes, plan.fields[0].purposes);
  ASSERT_EQ(read.promotions.size(), 1u);
  EXPECT_EQ(read.promotions[0].item, "lamp-1");
  EXPECT_EQ(read.promotions[0].place, 2);
  EXPECT_EQ(read.promotions[0].boost, 300);
  EXPECT_EQ(read.promotions[0].reason, "Made here");
  EXPECT_EQ(read.exploration_permille, 250);
  EXPECT_EQ(EncodePlanSection(read).value(), bytes);
}

TEST(PlanSectionTest, RefusesEveryTruncationAndWhatIsLeftOver) {
  Bytes bytes = EncodePlanSection(testing::Plan()).value();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(DecodePlanSection(ByteView(bytes).first(size)),
                StatusIs(StatusCode::kInvalidArgument))
        << size;
  }
  bytes.push_back(0);
  EXPECT_THAT(DecodePlanSection(bytes), StatusIs(StatusCode::kInvalidArgument));
}

// Whatever reads as a plan is written back as it was.
TEST(PlanSectionTest, AChangedByteIsRefusedOrMeansSomethingElse) {
  const Bytes bytes = EncodePlanSection(testing::Plan()).value();
  for (size_t place = 0; place < bytes.size(); ++place) {
    for (const uint8_t change : {uint8_t{1}, uint8_t{0x80}}) {
      Bytes changed = bytes;
      changed[place] = static_cast<uint8_t>(changed[place] ^ change);
      const Result<PlanSection> read = DecodePlanSection(changed);
      if (!read.ok()) continue;
      EXPECT_EQ(EncodePlanSection(*read).value(), changed) << place;
    }
  }
}

TEST(PlanSectionTest, RefusesLaterFormatsAndNamesThatAreNone) {
  Bytes later = EncodePlanSection(testing::Plan()).value();
  later[0] = 2;
  EXPECT_THAT(DecodePlanSection(later), StatusIs(StatusCode::kUnimplemented));
  PlanSection plan = testing::Plan();
  plan.texts[0].purpose = static_cast<consent::Purpose>(7);
  EXPECT_THAT(DecodePlanSection(EncodePlanSection(plan).value()),
              StatusIs(StatusCode::kInvalidArgument));
  plan = testing::Plan();
  plan.texts[0].text = "\xFF";
  EXPECT_THAT(DecodePlanSection(EncodePlanSection(plan).value()),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST(PlanSectionTest, RefusesToWriteWhatDoesNotFit) {
  const std::string long_text(70'000, 'x');
  PlanSection plan = testing::Plan();
  plan.texts[0].text = long_text;
  EXPECT_THAT(EncodePlanSection(plan), Not(IsOk()));
}

}  // namespace
}  // namespace baya::engine
