#include "pack/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "pack/limits.h"
#include "pack/testing/shop_builder.h"

namespace baya::pack {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using testing::LampsAndMugs;
using ::testing::Not;
using testing::ShopBuilder;
using testing::TestSeed;
using testing::TestTrust;

using Table = std::vector<std::vector<WeightedSource>>;

const SessionWeights kWeights = {.decay = {1024, 621, 65535}, .seen_again = -300};

Table SmallTable() { return {{{1, 0.5}, {2, -0.25}}, {}, {{0, 1.0}}}; }

TEST(SessionModelTest, ReadsWhatTheWriterWrote) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes section, EncodeSession(SmallTable(), kWeights, 4));
  BAYA_ASSERT_OK_AND_ASSIGN(const SessionModel session, SessionModel::Parse(section));
  EXPECT_THAT(session.decay(), ElementsAre(1024, 621, 65535));
  EXPECT_EQ(session.seen_again(), -300);
  ASSERT_EQ(session.table().size(), 3u);
  EXPECT_THAT(session.table().sources(0), ElementsAre(1, 2));
  EXPECT_EQ(session.table().bits(), 4);
}

TEST(SessionModelTest, RefusesEveryPrefixAndAnyTail) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes section, EncodeSession(SmallTable(), kWeights, 8));
  for (size_t size = 0; size < section.size(); ++size) {
    ASSERT_THAT(SessionModel::Parse(ByteView(section).first(size)), Not(IsOk())) << size;
  }
  section.push_back(0);
  EXPECT_THAT(SessionModel::Parse(section), StatusIs(StatusCode::kInvalidArgument));
}

TEST(SessionModelTest, RemembersOneToTenItems) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes section, EncodeSession(SmallTable(), kWeights, 8));
  for (const uint8_t last : {uint8_t{0}, uint8_t{11}, uint8_t{255}}) {
    section[0] = last;
    EXPECT_THAT(SessionModel::Parse(section), StatusIs(StatusCode::kInvalidArgument));
  }
  EXPECT_THAT(EncodeSession(SmallTable(), {}, 8), StatusIs(StatusCode::kInvalidArgument));
  const SessionWeights long_memory = {.decay = std::vector<uint16_t>(kMaxSessionItems + 1, 1)};
  EXPECT_THAT(EncodeSession(SmallTable(), long_memory, 8), StatusIs(StatusCode::kInvalidArgument));
}

TEST(SessionModelTest, AShopMayHaveOneOfItsOwnSize) {
  ShopBuilder shop = LampsAndMugs();
  const auto seal = [&](size_t items) {
    SealRequest request = shop.Request();
    request.sections.push_back(
        {SectionType::kSession, EncodeSession(Table(items), kWeights, 8).value()});
    return Seal(request, TestSeed());
  };
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, seal(shop.items.size()));
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePack pack, SitePack::Open(bytes, TestTrust()));
  ASSERT_TRUE(pack.shop()->session.has_value());
  EXPECT_EQ(pack.shop()->session->table().size(), shop.items.size());
  EXPECT_THAT(seal(shop.items.size() - 1), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_FALSE(shop.Pack().shop()->session.has_value());
}

TEST(SessionModelTest, IsNothingWithoutAShop) {
  SealRequest request;
  request.site = "shop.example";
  request.version = 1;
  request.sections = {{SectionType::kSession, EncodeSession(SmallTable(), kWeights, 8).value()}};
  EXPECT_THAT(Seal(request, TestSeed()), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::pack
