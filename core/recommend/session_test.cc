#include "recommend/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "base/testing/status_matchers.h"
#include "pack/testing/shop_builder.h"
#include "recommend/recommender.h"
#include "recommend/testing/shelves.h"

namespace baya::recommend {
namespace {

using pack::testing::LampsAndMugs;
using pack::testing::ShopBuilder;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using testing::kLamp1;
using testing::kLamp2;
using testing::kLamp3;
using testing::kMug1;
using testing::kMug2;
using testing::kNow;

constexpr int64_t kMinuteMs = 60'000;

// Whoever looks at the red lamp looks at the blue mug next, and from there at the old lamp.
pack::SitePack PackWithSession(std::vector<uint16_t> decay = {1024, 512}, int16_t again = 0) {
  ShopBuilder shop = LampsAndMugs();
  shop.blend = {};
  pack::SealRequest request = shop.Request();
  std::vector<std::vector<pack::WeightedSource>> table(shop.items.size());
  table[kMug1] = {{kLamp1, 1.0}, {kMug2, 0.5}};
  table[kLamp3] = {{kMug1, 1.0}};
  request.sections.push_back(
      {pack::SectionType::kSession,
       pack::EncodeSession(table, {.decay = std::move(decay), .seen_again = again}, 8).value()});
  return pack::SitePack::Open(pack::Seal(request, pack::testing::TestSeed()).value(),
                              pack::testing::TestTrust())
      .value();
}

Interaction Viewed(ItemIndex item, int64_t time_ms) {
  return {.item = item, .kind = InteractionKind::kViewed, .time_ms = time_ms};
}

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() : session_(&*pack_.shop()->session) {}

  void Do(const Interaction& interaction) {
    BAYA_ASSERT_OK(history_.Add(interaction));
    session_.Add(interaction);
  }
  const std::vector<ItemIndex>& ItemsAt(int64_t now_ms) {
    session_.MoveTo(now_ms, history_, muted_, board_);
    return session_.items();
  }

  pack::SitePack pack_ = PackWithSession({1024, 512, 256});
  History history_{6, 0};
  std::vector<bool> muted_ = std::vector<bool>(6);
  Session session_;
  ScoreBoard board_{6};
};

TEST_F(SessionTest, TheLastDistinctItemsCountNewestFirst) {
  Do(Viewed(kLamp1, kNow - 5 * kMinuteMs));
  Do(Viewed(kMug1, kNow - 4 * kMinuteMs));
  Do(Viewed(kLamp1, kNow - 3 * kMinuteMs));
  Do(Viewed(kMug2, kNow - 2 * kMinuteMs));
  EXPECT_THAT(ItemsAt(kNow), ElementsAre(kMug2, kLamp1, kMug1));
  Do(Viewed(kLamp2, kNow));
  EXPECT_THAT(ItemsAt(kNow), ElementsAre(kLamp2, kMug2, kLamp1));
}

TEST_F(SessionTest, AVisitEndsAfterHalfAnHourWithoutADeed) {
  Do(Viewed(kLamp1, kNow - 61 * kMinuteMs));
  Do(Viewed(kMug1, kNow - 30 * kMinuteMs));
  Do(Viewed(kMug2, kNow));
  EXPECT_THAT(ItemsAt(kNow), ElementsAre(kMug2, kMug1));
  EXPECT_THAT(ItemsAt(kNow + kVisitGapMs), ElementsAre(kMug2, kMug1));
  EXPECT_THAT(ItemsAt(kNow + kVisitGapMs + 1), IsEmpty());
  EXPECT_EQ(board_.Of(kMug1), 0);
  // A deed that arrives late joins what it lies between.
  Do(Viewed(kLamp2, kNow - 45 * kMinuteMs));
  EXPECT_THAT(ItemsAt(kNow), ElementsAre(kMug2, kMug1, kLamp2));
}

TEST_F(SessionTest, ScoresAreTheTablesTimesTheDecays) {
  Do(Viewed(kLamp1, kNow - 1));
  Do(Viewed(kMug2, kNow));
  session_.MoveTo(kNow, history_, muted_, board_);
  const double unit = 1 << 30;
  EXPECT_NEAR(static_cast<double>(board_.Of(kMug1)) / unit, 0.5 + 0.5 * 1.0, 0.01);
  EXPECT_EQ(board_.Of(kMug1), session_.Points(0, kMug1) + session_.Points(1, kMug1));
  EXPECT_EQ(board_.Of(kLamp3), 0);
  session_.Clear(board_);
  session_.MoveTo(kNow, history_, muted_, board_);
  EXPECT_EQ(board_.Of(kMug1), 0);
}

TEST_F(SessionTest, OnlyWhatShowsWhatIsSoughtCounts) {
  for (const InteractionKind kind :
       {InteractionKind::kRemoved, InteractionKind::kLiked, InteractionKind::kDisliked}) {
    Do({.item = kLamp1, .kind = kind, .time_ms = kNow});
  }
  Do({.item = kLamp2, .kind = InteractionKind::kViewed, .time_ms = kNow, .weight_permille = 0});
  EXPECT_THAT(ItemsAt(kNow), IsEmpty());
  for (const InteractionKind kind : {InteractionKind::kClicked, InteractionKind::kAdded}) {
    Do({.item = kMug1, .kind = kind, .time_ms = kNow});
  }
  Do({.item = kMug2, .kind = InteractionKind::kOrdered, .time_ms = kNow + 1});
  EXPECT_THAT(ItemsAt(kNow), ElementsAre(kMug2, kMug1));
}

TEST_F(SessionTest, WhatIsDislikedSpeaksForNothing) {
  Do(Viewed(kLamp1, kNow));
  Do({.item = kLamp1, .kind = InteractionKind::kDisliked, .time_ms = kNow});
  EXPECT_THAT(ItemsAt(kNow), IsEmpty());
}

TEST_F(SessionTest, WhatIsMutedSpeaksForNothing) {
  Do(Viewed(kLamp1, kNow));
  muted_[kLamp1] = true;
  EXPECT_THAT(ItemsAt(kNow), IsEmpty());
  muted_[kLamp1] = false;
  EXPECT_THAT(ItemsAt(kNow), ElementsAre(kLamp1));
}

TEST_F(SessionTest, TheOrderOfArrivalDoesNotMatter) {
  std::vector<Interaction> deeds;
  std::mt19937 random(1);
  for (uint32_t i = 0; i < 200; ++i) {
    // Many at one time, and more than the session keeps.
    deeds.push_back(Viewed(static_cast<ItemIndex>(random() % 6),
                           kNow - static_cast<int64_t>(random() % 40) * kMinuteMs));
  }
  std::vector<ItemIndex> first;
  for (int round = 0; round < 20; ++round) {
    Session session(&*pack_.shop()->session);
    ScoreBoard board(6), anew_board(6);
    std::shuffle(deeds.begin(), deeds.end(), random);
    for (const Interaction& deed : deeds) {
      session.Add(deed);
      if (random() % 8 == 0) session.MoveTo(kNow, history_, muted_, board);
    }
    session.MoveTo(kNow, history_, muted_, board);
    if (round == 0) first = session.items();
    EXPECT_EQ(session.items(), first);
    Session anew(&*pack_.shop()->session);
    for (const Interaction& deed : deeds) anew.Add(deed);
    anew.MoveTo(kNow, history_, muted_, anew_board);
    for (ItemIndex item = 0; item < 6; ++item) EXPECT_EQ(board.Of(item), anew_board.Of(item));
  }
}

TEST(SessionRankingTest, WhatWasJustSeenBringsTheNextItemAndSaysSo) {
  const pack::SitePack pack = PackWithSession();
  Recommender recommender = Recommender::Create(pack).value();
  BAYA_ASSERT_OK(recommender.Add(Viewed(kLamp1, kNow), kNow));
  EXPECT_EQ(recommender.Recommend({.k = 1}, kNow)->at(0).item, kMug1);
  const Explanation why = recommender.Explain(kMug1, kNow).value();
  EXPECT_EQ(why.contributions.at(0).reason, Reason::kSession);
  EXPECT_EQ(why.contributions.at(0).ref, kLamp1);
  EXPECT_EQ(why.score, recommender.Recommend({.k = 1}, kNow)->at(0).score);
  // An hour later the visit is over.
  const int64_t later = kNow + 60 * kMinuteMs;
  EXPECT_THAT(recommender.Explain(kMug1, later)->contributions, IsEmpty());
  recommender.Forget();
  EXPECT_THAT(recommender.Explain(kMug1, kNow)->contributions, IsEmpty());
}

TEST(SessionRankingTest, ContributionsAddUpAlsoForWhatWasSeen) {
  const pack::SitePack pack = PackWithSession({2048, 1024}, -2000);
  Recommender recommender = Recommender::Create(pack).value();
  for (const ItemIndex item : {kLamp1, kMug2, kMug1}) {
    BAYA_ASSERT_OK(recommender.Add(Viewed(item, kNow + item), kNow));
  }
  const auto shelf = recommender.Recommend({.k = 6, .bought = Bought::kShow}, kNow).value();
  ASSERT_EQ(shelf.size(), 5u);
  for (const RankedItem& ranked : shelf) {
    EXPECT_EQ(recommender.Explain(ranked.item, kNow)->score, ranked.score) << ranked.item;
  }
  EXPECT_THAT(recommender.Explain(kMug1, kNow)->contributions,
              Contains(Field(&Contribution::points, int64_t{-2000} * 1024 * 256)));
}

}  // namespace
}  // namespace baya::recommend
