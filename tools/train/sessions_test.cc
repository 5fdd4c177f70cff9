#include "train/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace baya::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Two visits of one user and one of another; the file is not in order of time.
Log ThreeVisits() {
  Log log;
  log.users = {"a", "b"};
  log.items.resize(4);
  for (uint32_t i = 0; i < 4; ++i) log.items[i].id = std::string(1, static_cast<char>('w' + i));
  log.interactions = {{0, 3, 300, 2}, {0, 1, 100, 0}, {0, 2, 100, 0}, {0, 2, 100, 0},
                      {0, 1, 90, 0},  {1, 2, 200, 1}, {1, 1, 200, 1}, {0, 1, 310, 2}};
  return log;
}

TEST(SessionsTest, ABasketIsAVisitInOrderOfTimeThenOfTheFile) {
  const auto sessions = SessionsOf(ThreeVisits());
  ASSERT_EQ(sessions.size(), 3u);
  EXPECT_THAT(sessions[0].items, ElementsAre(1, 2));  // the same item twice running counts once
  EXPECT_THAT(sessions[1].items, ElementsAre(2, 1));
  EXPECT_THAT(sessions[2].items, ElementsAre(3, 1));
  EXPECT_EQ(sessions[1].user, 1u);
  EXPECT_EQ(sessions[2].time_ms, 310);
  EXPECT_THAT(SessionsOf(Log{}), IsEmpty());
}

TEST(SessionsTest, EarlierDaysKnowNothingOfLaterOnes) {
  const EarlierLog earlier = LogBefore(ThreeVisits(), 310);
  EXPECT_EQ(earlier.log.interactions.size(), 6u);
  ASSERT_EQ(earlier.log.items.size(), 2u);  // item 0 never occurs, item 3 only later
  EXPECT_EQ(earlier.log.items[0].id, "x");
  EXPECT_THAT(earlier.number, ElementsAre(kNoItem, 0, 1, kNoItem));
  const auto later =
      Renumbered(SessionsBetween(SessionsOf(ThreeVisits()), 310, 311), earlier.number);
  ASSERT_EQ(later.size(), 1u);
  EXPECT_THAT(later[0].items, ElementsAre(0));
}

TEST(SessionsTest, EveryBeginningWithANextItemIsAPrefix) {
  const std::vector<Session> sessions = {{0, 0, {1, 2, 3}}, {0, 0, {4}}, {0, 0, {5, 6}}};
  const auto all = PrefixesOf(sessions, 0, 1);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[1].session, 0u);
  EXPECT_EQ(all[1].length, 2u);
  EXPECT_EQ(all[2].session, 2u);
  const std::vector<Session> many(50, sessions[0]);
  const auto some = PrefixesOf(many, 20, 1), again = PrefixesOf(many, 20, 1);
  ASSERT_EQ(some.size(), 20u);
  for (size_t i = 0; i < some.size(); ++i) {
    EXPECT_EQ(some[i].session, again[i].session);
    EXPECT_LE(some[i == 0 ? 0 : i - 1].session, some[i].session);
  }
}

}  // namespace
}  // namespace baya::tools
