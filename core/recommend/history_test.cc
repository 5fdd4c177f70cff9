#include "recommend/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/testing/status_matchers.h"

namespace baya::recommend {
namespace {

using ::baya::testing::StatusIs;
using ::testing::ElementsAre;

constexpr int64_t kMsPerDay = 86'400'000;

Interaction On(int64_t day, InteractionKind kind, uint16_t weight_permille = 1000) {
  return {.item = 3, .kind = kind, .time_ms = day * kMsPerDay, .weight_permille = weight_permille};
}

ItemState StateAfter(const std::vector<Interaction>& interactions, int64_t day) {
  History history(5, 10);
  history.MoveTo(day);
  for (const Interaction& interaction : interactions) BAYA_EXPECT_OK(history.Add(interaction));
  return history.Of(3);
}

TEST(HistoryTest, DaysAreUtcDaysAlsoBefore1970) {
  EXPECT_EQ(DayOf(0), 0);
  EXPECT_EQ(DayOf(kMsPerDay - 1), 0);
  EXPECT_EQ(DayOf(kMsPerDay), 1);
  EXPECT_EQ(DayOf(-1), -1);
  EXPECT_EQ(DayOf(-kMsPerDay), -1);
}

TEST(HistoryTest, AnOrderCountsOneAViewAQuarter) {
  EXPECT_EQ(StateAfter({On(0, InteractionKind::kOrdered)}, 0).strength_q10, 1024);
  EXPECT_EQ(StateAfter({On(0, InteractionKind::kViewed)}, 0).strength_q10, 256);
  EXPECT_EQ(StateAfter({On(0, InteractionKind::kViewed, 500)}, 0).strength_q10, 128);
  EXPECT_EQ(StateAfter({On(0, InteractionKind::kOrdered, 0)}, 0).order_count, 0u);
  EXPECT_EQ(StateAfter({}, 0).strength_q10, 0);
}

TEST(HistoryTest, AddingAndRemovingCancelsAndNeverGoesBelowZero) {
  using enum InteractionKind;
  EXPECT_EQ(StateAfter({On(0, kAdded), On(0, kRemoved)}, 0).strength_q10, 0);
  EXPECT_EQ(StateAfter({On(0, kRemoved), On(0, kRemoved)}, 0).strength_q10, 0);
  EXPECT_EQ(StateAfter({On(0, kViewed), On(0, kAdded), On(0, kRemoved)}, 0).strength_q10, 256);
}

TEST(HistoryTest, FadesByHalfLivesAndStaysWithinOne) {
  using enum InteractionKind;
  EXPECT_EQ(StateAfter({On(0, kOrdered)}, 10).strength_q10, 512);
  EXPECT_EQ(StateAfter({On(0, kOrdered), On(0, kOrdered), On(0, kOrdered)}, 0).strength_q10, 1024);
  const ItemState state = StateAfter({On(0, kOrdered), On(4, kOrdered)}, 10);
  EXPECT_EQ(state.order_count, 2u);
  EXPECT_EQ(state.last_order_day, 4);
}

TEST(HistoryTest, TheLaterOpinionCountsAndDoesNotFade) {
  using enum InteractionKind;
  EXPECT_EQ(StateAfter({On(0, kLiked)}, 500).strength_q10, 1024);
  EXPECT_EQ(StateAfter({On(0, kOrdered), On(1, kDisliked)}, 1).strength_q10, -1024);
  EXPECT_EQ(StateAfter({On(2, kLiked), On(1, kDisliked)}, 2).opinion, Opinion::kLiked);
  EXPECT_EQ(StateAfter({On(1, kDisliked), On(1, kLiked)}, 2).opinion, Opinion::kDisliked);
}

TEST(HistoryTest, TheOrderOfArrivalDoesNotMatter) {
  using enum InteractionKind;
  std::vector<Interaction> interactions = {On(0, kViewed),  On(3, kAdded), On(3, kRemoved, 700),
                                           On(5, kOrdered), On(5, kLiked), On(5, kDisliked)};
  const ItemState expected = StateAfter(interactions, 9);
  std::reverse(interactions.begin(), interactions.end());
  const ItemState reversed = StateAfter(interactions, 9);
  EXPECT_EQ(reversed.strength_q10, expected.strength_q10);
  EXPECT_EQ(reversed.opinion, expected.opinion);
  EXPECT_EQ(reversed.orders_q10, expected.orders_q10);
}

TEST(HistoryTest, MovingToADayEqualsHavingBeenThere) {
  History moved(5, 10);
  BAYA_EXPECT_OK(moved.Add(On(0, InteractionKind::kOrdered)));
  moved.MoveTo(7);
  EXPECT_EQ(moved.Of(3).strength_q10,
            StateAfter({On(0, InteractionKind::kOrdered)}, 7).strength_q10);
  EXPECT_THAT(moved.items(), ElementsAre(3));
}

TEST(HistoryTest, RefusesMoreThanItsLimit) {
  History full(History::kMaxInteractions, 10);
  for (ItemIndex i = 0; i < History::kMaxInteractions; ++i) {
    ASSERT_TRUE(full.Add({.item = i, .time_ms = 0}).ok());
  }
  EXPECT_THAT(full.Add({.item = 0, .time_ms = 0}), StatusIs(StatusCode::kResourceExhausted));
}

TEST(HistoryTest, KnowsTheDaysWithOrdersInAnyOrderOfArrival) {
  constexpr int64_t kDay = 86'400'000;
  History history(3, 0);
  for (const int64_t day : {9, 2, 9, 5}) {
    BAYA_EXPECT_OK(
        history.Add({.item = 1, .kind = InteractionKind::kOrdered, .time_ms = day * kDay + day}));
  }
  BAYA_EXPECT_OK(history.Add({.item = 2, .kind = InteractionKind::kOrdered, .time_ms = 3 * kDay}));
  BAYA_EXPECT_OK(history.Add({.item = 1, .kind = InteractionKind::kViewed, .time_ms = 4 * kDay}));
  BAYA_EXPECT_OK(history.Add(
      {.item = 1, .kind = InteractionKind::kOrdered, .time_ms = 7 * kDay, .weight_permille = 0}));
  const auto days = [](std::span<const int64_t> span) {
    return std::vector<int64_t>(span.begin(), span.end());
  };
  EXPECT_EQ(days(history.order_days(1)), (std::vector<int64_t>{2, 5, 9}));
  EXPECT_EQ(days(history.visit_days()), (std::vector<int64_t>{2, 3, 5, 9}));
  EXPECT_TRUE(history.order_days(0).empty());
}

}  // namespace
}  // namespace baya::recommend
