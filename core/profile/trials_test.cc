// What becomes of what the shelf tries out on a person.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/testing/status_matchers.h"
#include "consent/testing/open_gate.h"
#include "profile/profile.h"
#include "profile/testing/samples.h"

namespace baya::profile {
namespace {

using ::baya::testing::IsOkAndHolds;
using consent::Operation;
using consent::Purpose;
using consent::Use;
using testing::CorrectionEvent;
using ::testing::ElementsAre;
using testing::kNowMs;
using testing::ProductEvent;
using ::testing::SizeIs;

// One UTC day later is one number higher.
int64_t OnDay(int day) { return kNowMs - int64_t{30 - day} * testing::kDayMs; }

Event TriedOut(std::string message_id, int day, std::string item, std::string kind) {
  Event shown = ProductEvent(EventKind::kProductListViewed, std::move(message_id), OnDay(day),
                             std::move(item));
  shown.list_id = kShelfListId;
  shown.items[0].exploring = std::move(kind);
  return shown;
}

class TrialsTest : public ::testing::Test {
 protected:
  Use Rank() { return gate_.Pass(Purpose::kPersonalize, Operation::kRank, "shelf:home"); }
  Use Erase() { return gate_.Pass(Purpose::kStore, Operation::kErase); }

  void Add(const Event& event) {
    const bool correction = event.kind == EventKind::kCorrection;
    Use use = gate_.Pass(Purpose::kStore, correction ? Operation::kCorrect : Operation::kIngest);
    EXPECT_THAT(profile_.Add(std::move(use), event), IsOkAndHolds(Added::kAdded));
  }

  std::vector<Field> Fields() {
    return profile_.Fields(gate_.Pass(Purpose::kStore, Operation::kShow)).value();
  }

  // Null when the profile does not have it.
  static const Field* Find(const std::vector<Field>& fields, std::string_view name) {
    for (const Field& field : fields) {
      if (field.name == name) return &field;
    }
    return nullptr;
  }

  consent::testing::OpenGate gate_{kNowMs};
  Profile profile_ = Profile::Create(testing::FullPlan()).value();
};

TEST_F(TrialsTest, WhatIsTriedOutCountsOnceADayAndItsAnswerOnce) {
  Add(TriedOut("s1", 1, "lamp", "Light"));
  Add(TriedOut("s2", 1, "lamp", "Light"));
  EXPECT_THAT(profile_.TrialsByKind(Rank()), IsOkAndHolds(ElementsAre(Trials{"Light", 0, 0, 1})));
  Add(TriedOut("s3", 2, "lamp", "Light"));
  Add(TriedOut("s4", 2, "torch", "Light"));
  EXPECT_THAT(profile_.TrialsByKind(Rank()), IsOkAndHolds(ElementsAre(Trials{"Light", 0, 0, 3})));
  Add(ProductEvent(EventKind::kProductClicked, "c1", OnDay(3), "torch"));
  Add(ProductEvent(EventKind::kProductViewed, "c2", OnDay(3), "torch"));
  Add(ProductEvent(EventKind::kProductDisliked, "d1", OnDay(3) + 1, "lamp"));
  Add(TriedOut("s5", 4, "lamp", ""));
  Add(ProductEvent(EventKind::kProductRemoved, "r1", OnDay(4), "cup"));
  EXPECT_THAT(profile_.TrialsByKind(Rank()), IsOkAndHolds(ElementsAre(Trials{"Light", 1, 1, 1})));
  const std::vector<Field> fields = Fields();
  EXPECT_EQ(Find(fields, "exploring.shown.Light")->value, FieldValue(int64_t{3}));
  EXPECT_EQ(Find(fields, "exploring.taken.Light")->value, FieldValue(int64_t{1}));
  EXPECT_EQ(Find(fields, "exploring.dismissed.Light")->value, FieldValue(int64_t{1}));
  EXPECT_EQ(Find(fields, "viewed.lamp"), nullptr) << "to be shown is no dealing";
  // The last day is today: what is shown today may be taken up still.
  Add(TriedOut("s6", 30, "cup", "Light"));
  Add(TriedOut("s7", 30, "mug", "Tea"));
  EXPECT_THAT(profile_.TrialsByKind(Rank()),
              IsOkAndHolds(ElementsAre(Trials{"Light", 1, 1, 1}, Trials{"Tea", 0, 0, 0})));
}

TEST_F(TrialsTest, ErasingWhatWasTriedOutTakesItOut) {
  Add(TriedOut("s1", 1, "lamp", "Light"));
  Add(TriedOut("s2", 2, "torch", "Light"));
  Add(ProductEvent(EventKind::kProductClicked, "c", OnDay(2) + 1, "torch"));
  EXPECT_THAT(profile_.TrialsByKind(Rank()), IsOkAndHolds(ElementsAre(Trials{"Light", 1, 0, 1})));
  BAYA_ASSERT_OK(profile_.EraseItem(Erase(), "torch"));
  EXPECT_THAT(profile_.TrialsByKind(Rank()), IsOkAndHolds(ElementsAre(Trials{"Light", 0, 0, 1})));
  BAYA_ASSERT_OK(profile_.EraseEvent(Erase(), "s1"));
  EXPECT_THAT(profile_.TrialsByKind(Rank()), IsOkAndHolds(SizeIs(0)));
  EXPECT_EQ(Find(Fields(), "exploring.shown.Light"), nullptr);
  EXPECT_THAT(profile_.Items(Rank()), IsOkAndHolds(SizeIs(0)));
}

TEST_F(TrialsTest, NothingIsLearnedFromTryingOutWhileLearningIsPausedNorFromAGift) {
  Add(TriedOut("s1", 1, "lamp", "Light"));
  Add(TriedOut("s2", 1, "torch", "Light"));
  Event gift = ProductEvent(EventKind::kProductAdded, "g", OnDay(1) + 1, "torch");
  gift.items[0].gift = true;
  Add(gift);
  EXPECT_THAT(profile_.MutedReasons(Rank()), IsOkAndHolds(SizeIs(0)));
  Add(CorrectionEvent(CorrectionAction::kContradict, "p", OnDay(2), std::string(kLearningField)));
  EXPECT_THAT(profile_.MutedReasons(Rank()), IsOkAndHolds(ElementsAre("exploring")));
  Add(TriedOut("s3", 3, "cup", "Tea"));
  Add(ProductEvent(EventKind::kProductClicked, "c", OnDay(3), "lamp"));
  EXPECT_THAT(profile_.TrialsByKind(Rank()), IsOkAndHolds(ElementsAre(Trials{"Light", 0, 0, 2})));
}

}  // namespace
}  // namespace baya::profile
