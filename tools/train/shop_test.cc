#include "train/shop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lib/testing/temp_dir.h"
#include "lib/tool_error.h"
#include "recommend/recommender.h"
#include "train/held_out.h"
#include "train/section_files.h"
#include "train/testing/two_kinds.h"
#include "train/tune.h"

namespace baya::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;
using testing::TwoKinds;

std::vector<pack::Section> Train(const Log& log, const ShopSettings& settings) {
  const Shop shop(log, std::vector<bool>(log.users.size(), true), settings);
  return shop.Sections(SolveLocalRidge(shop.gram(), settings.ridge), settings);
}

TEST(ShopTest, APackOfTheSectionsRecommendsTheKindThatSomeoneBuys) {
  const Log log = TwoKinds(300);
  const Bytes bytes = SealForMeasuring(Train(log, ShopSettings{}));
  const auto pack = pack::SitePack::OpenFromAnySigner(bytes);
  ASSERT_TRUE(pack.ok());
  const pack::Catalogue& catalogue = pack->shop()->catalogue;
  EXPECT_EQ(catalogue.size(), 40u);
  EXPECT_EQ(catalogue.currency(), "EUR");
  auto recommender = recommend::Recommender::Create(*pack).value();
  for (const char* id : {"item-101", "item-105", "item-131"}) {
    ASSERT_TRUE(recommender
                    .Add({.item = *catalogue.Find(id),
                          .kind = recommend::InteractionKind::kOrdered,
                          .time_ms = 0},
                         0)
                    .ok());
  }
  recommend::ShelfRequest request;
  request.k = 10;
  request.bought = recommend::Bought::kHide;
  const auto shelf = recommender.Recommend(request, 0);
  ASSERT_TRUE(shelf.ok());
  for (const auto& ranked : *shelf) EXPECT_EQ(catalogue.title(ranked.item), "A mug");
}

TEST(ShopTest, ItemsComeByPopularityThenId) {
  Log log = TwoKinds(60);
  const ShopSettings settings;
  const Shop shop(log, std::vector<bool>(60, true), settings);
  const auto counts = CountItems(log, std::vector<bool>(60, true), 1);
  for (size_t i = 1; i < 40; ++i) {
    const uint32_t a = shop.log_item()[i - 1], b = shop.log_item()[i];
    EXPECT_TRUE(counts[a].users > counts[b].users || (counts[a].users == counts[b].users && a < b));
    EXPECT_EQ(shop.pack_item()[b], i);
  }
}

TEST(ShopTest, ItemsOfThePackBeforeKeepTheirNumbers) {
  const Log log = TwoKinds(60);
  const Shop before(log, std::vector<bool>(60, true), ShopSettings{});
  ShopSettings settings;
  settings.numbered = {"gone", log.items[before.log_item()[7]].id,
                       log.items[before.log_item()[3]].id};
  const Shop shop(log, std::vector<bool>(60, true), settings);
  std::vector<uint32_t> expected = before.log_item();
  expected.erase(expected.begin() + 7);
  expected.erase(expected.begin() + 3);
  expected.insert(expected.begin(), {before.log_item()[7], before.log_item()[3]});
  EXPECT_EQ(shop.log_item(), expected);
  for (uint32_t i = 0; i < 40; ++i) EXPECT_EQ(shop.pack_item()[shop.log_item()[i]], i);
}

TEST(ShopTest, TheSameLogGivesTheSameBytes) {
  const Log log = TwoKinds(100);
  EXPECT_EQ(SealForMeasuring(Train(log, ShopSettings{})),
            SealForMeasuring(Train(log, ShopSettings{})));
}

TEST(ShopTest, PeopleWhoAreLeftOutLeaveNoTrace) {
  Log log = TwoKinds(100);
  std::vector<bool> keep(100, true);
  keep[99] = false;
  const ShopSettings settings;
  const Shop with(log, keep, settings);
  std::erase_if(log.interactions, [](const Interaction& row) { return row.user == 99; });
  const Shop without(log, keep, settings);
  EXPECT_EQ(SealForMeasuring(with.Sections(SolveLocalRidge(with.gram(), settings.ridge), settings)),
            SealForMeasuring(
                without.Sections(SolveLocalRidge(without.gram(), settings.ridge), settings)));
}

TEST(TuneTest, ChoosesWhatRanksBestAndIsDeterministic) {
  const Log log = TwoKinds(400);
  const std::vector<bool> everyone(400, true);
  const ShopSettings chosen = Tune(log, everyone, ShopSettings{});
  const ShopSettings again = Tune(log, everyone, ShopSettings{});
  EXPECT_EQ(chosen.ridge.lambda, again.ridge.lambda);
  EXPECT_EQ(chosen.blend.attribute, again.blend.attribute);
}

TEST(TuneTest, KeepsTheDefaultsWhenThereAreTooFewPeople) {
  const Log log = TwoKinds(60);
  ShopSettings settings;
  settings.ridge.lambda = 123;
  EXPECT_EQ(Tune(log, std::vector<bool>(60, true), settings).ridge.lambda, 123);
}

TEST(SectionFilesTest, ReadsWhatItWrote) {
  const testing::TempDir dir;
  const std::vector<pack::Section> sections = Train(TwoKinds(30), ShopSettings{});
  WriteSections(dir.Path("shop"), sections);
  const auto read = ReadSections(dir.Path("shop"));
  ASSERT_EQ(read.size(), sections.size());
  for (size_t i = 0; i < read.size(); ++i) EXPECT_EQ(read[i].body, sections[i].body);
  EXPECT_THAT([&] { ReadSections(dir.Path("")); },
              ThrowsMessage<ToolError>(HasSubstr("run baya train first")));
  EXPECT_EQ(SectionName(static_cast<pack::SectionType>(9)), "type 9");
}

}  // namespace
}  // namespace baya::tools
