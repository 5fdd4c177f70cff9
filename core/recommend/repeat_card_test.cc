#include "recommend/repeat_card.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/testing/status_matchers.h"
#include "pack/writer/sections.h"
#include "recommend/fixed_point.h"

namespace baya::recommend {
namespace {

using Days = std::vector<int64_t>;

// The bin of a feature, counted from the feature's first.
int Bin(const RepeatFacts& facts, size_t feature) {
  int begin = 0;
  for (size_t i = 0; i < feature; ++i) begin += pack::kRepeatBins[i];
  return facts.bins[feature] - begin;
}

TEST(RepeatCardTest, CutsAHistoryIntoBins) {
  // Twice in four visits, 10 days apart; 15 days and one visit ago.
  const RepeatFacts facts = RepeatFactsOf(Days{100, 110}, Days{90, 100, 110, 120}, 125, 30);
  EXPECT_EQ(Bin(facts, 0), 1);                          // two orders
  EXPECT_EQ(Bin(facts, 1), 7);                          // 50 % of the visits
  EXPECT_EQ(Bin(facts, 2), 1);                          // one visit since
  EXPECT_EQ(Bin(facts, 3), 6);                          // 15 days
  EXPECT_EQ(Bin(facts, 4), 2);                          // four visits
  EXPECT_EQ(Bin(facts, 5), 7);                          // 150 % of the person's own 10 days
  EXPECT_EQ(Bin(facts, 6), 4);                          // 50 % of the usual 30 days
  EXPECT_EQ(Bin(facts, 7), 6);                          // .79 + .63
  EXPECT_EQ(facts.amounts_q10[0], kOneQ10);             // log2 of 2
  EXPECT_EQ(facts.amounts_q10[1], 10 * kOneQ10 + 435);  // 1.425 times 2^10, by the chord
  EXPECT_EQ(facts.amounts_q10[2], kOneQ10 / 2);         // the share
  EXPECT_EQ(facts.amounts_q10[3], 975 + 929);           // .951 + .906
}

TEST(RepeatCardTest, OneOrderHasNoPace) {
  const RepeatFacts facts = RepeatFactsOf(Days{100}, Days{100}, 100, 0);
  EXPECT_EQ(Bin(facts, 3), 0);
  EXPECT_EQ(Bin(facts, 5), 0);
  EXPECT_EQ(Bin(facts, 6), 0);
  EXPECT_EQ(Bin(RepeatFactsOf(Days{100}, Days{100}, 100, 1), 6), 1);
}

TEST(RepeatCardTest, EveryBinIsWithinTheCard) {
  Days many;
  for (int64_t day = -500; day < 1500; ++day) many.push_back(day);
  for (const Days& own : {Days{-500}, Days{1499}, many}) {
    for (const int64_t day : {int64_t{-10'000}, int64_t{0}, int64_t{1'000'000'000}}) {
      for (const int usual : {0, 1, 255}) {
        const RepeatFacts facts = RepeatFactsOf(own, many, day, static_cast<uint8_t>(usual));
        for (size_t feature = 0; feature < facts.bins.size(); ++feature) {
          EXPECT_GE(Bin(facts, feature), 0);
          EXPECT_LT(Bin(facts, feature), pack::kRepeatBins[feature]);
        }
      }
    }
  }
}

TEST(RepeatCardTest, AddsPointsOfBinsAndItemAndAShareOfTheRest) {
  pack::RepeatCard card;
  card.context = -1024;
  card.item_points = {0, -32};
  card.slopes[2] = 512;
  card.points[0] = 1024;
  card.points[pack::kRepeatPoints - 1] = 512;
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes section, pack::EncodeRepeat(card));
  BAYA_ASSERT_OK_AND_ASSIGN(const pack::Repeat repeat, pack::Repeat::Parse(section));
  const auto last = static_cast<uint8_t>(pack::kRepeatPoints - 1);
  RepeatFacts facts{.bins = {0, 8, 18, 27, 41, 49, 59, last}, .amounts_q10 = {}};
  constexpr int64_t kOne = int64_t{1} << 30;
  EXPECT_EQ(RepeatScore(repeat, 0, facts, 0), kOne * 3 / 2);
  EXPECT_EQ(RepeatScore(repeat, 1, facts, 0), kOne / 2);
  EXPECT_EQ(RepeatScore(repeat, 0, facts, 2 * kOne), kOne);
  facts.amounts_q10[2] = 3 * kOneQ10;
  EXPECT_EQ(RepeatScore(repeat, 0, facts, 0), kOne * 3);
}

}  // namespace
}  // namespace baya::recommend
