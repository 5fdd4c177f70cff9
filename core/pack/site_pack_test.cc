#include "pack/site_pack.h"

#include <gtest/gtest.h>

#include <utility>

#include "base/testing/status_matchers.h"
#include "pack/testing/shop_builder.h"

namespace baya::pack {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using testing::LampsAndMugs;
using ::testing::Not;
using testing::TestSeed;
using testing::TestTrust;

Bytes SealedShop() { return Seal(LampsAndMugs().Request(), TestSeed()).value(); }

TEST(SitePackTest, OpensAndSurvivesAMove) {
  BAYA_ASSERT_OK_AND_ASSIGN(SitePack opened, SitePack::Open(SealedShop(), TestTrust()));
  const Shop* shop = opened.shop();
  const SitePack moved = std::move(opened);
  ASSERT_EQ(moved.shop(), shop);
  EXPECT_EQ(shop->catalogue.size(), 6u);
  EXPECT_EQ(shop->catalogue.title(2), "Blue lamp");
  EXPECT_EQ(moved.header().site, "shop.example");
  EXPECT_EQ(shop->attributes.name(2), "eco-friendly");
}

TEST(SitePackTest, CutOffAnywhereSaysSo) {
  const Bytes bytes = SealedShop();
  for (size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_THAT(SitePack::Open(ByteView(bytes).first(size), TestTrust()),
                StatusIs(StatusCode::kDataLoss))
        << size;
  }
}

TEST(SitePackTest, AnyFlippedBitIsRefused) {
  const Bytes bytes = SealedShop();
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] = static_cast<uint8_t>(flipped[bit / 8] ^ 1 << bit % 8);
    ASSERT_THAT(SitePack::Open(flipped, TestTrust()), Not(IsOk())) << bit;
  }
}

TEST(SitePackTest, ASectionThatWasExchangedIsDataLoss) {
  Bytes bytes = SealedShop();
  bytes.back() ^= 1;
  EXPECT_THAT(SitePack::Open(bytes, TestTrust()), StatusIs(StatusCode::kDataLoss));
}

TEST(SitePackTest, DigestsOfTheHostAreComparedWithTheSignedOnes) {
  const Bytes file = SealedShop();
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePack opened, SitePack::Open(file, TestTrust()));
  Bytes digests;
  for (const SectionEntry& entry : opened.header().sections) {
    digests.insert(digests.end(), entry.sha256.begin(), entry.sha256.end());
  }
  BAYA_EXPECT_OK(SitePack::Open(file, TestTrust(), digests).status());
  for (size_t at = 0; at < digests.size(); at += 7) {
    Bytes others = digests;
    others[at] ^= 1;
    EXPECT_THAT(SitePack::Open(file, TestTrust(), others), StatusIs(StatusCode::kDataLoss)) << at;
  }
  for (const size_t missing : {size_t{1}, crypto::kSha256Bytes, digests.size() - 1}) {
    EXPECT_THAT(SitePack::Open(file, TestTrust(), ByteView(digests).subspan(missing)),
                StatusIs(StatusCode::kInvalidArgument));
  }
}

TEST(SitePackTest, NothingMayFollowTheLastSection) {
  Bytes bytes = SealedShop();
  bytes.push_back(0);
  EXPECT_THAT(SitePack::Open(bytes, TestTrust()), StatusIs(StatusCode::kInvalidArgument));
}

TEST(SitePackTest, RefusesAStrangersPackUnlessAskedToLookOnly) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, Seal(LampsAndMugs().Request(), TestSeed(8)));
  EXPECT_THAT(SitePack::Open(bytes, TestTrust()), StatusIs(StatusCode::kPermissionDenied));
  BAYA_EXPECT_OK(SitePack::OpenFromAnySigner(bytes).status());
}

TEST(SitePackTest, RefusesAnOlderVersion) {
  Trust trust = TestTrust();
  trust.highest_version = 2;
  EXPECT_THAT(SitePack::Open(SealedShop(), trust), StatusIs(StatusCode::kFailedPrecondition));
}

TEST(SitePackTest, HandsOutOpaqueSectionsAndMayHaveNoShop) {
  SealRequest request;
  request.site = "shop.example";
  request.version = 1;
  request.sections = {{SectionType::kTasks, {9}}, {static_cast<SectionType>(200), {1, 2}}};
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, Seal(request, TestSeed()));
  BAYA_ASSERT_OK_AND_ASSIGN(const SitePack pack, SitePack::Open(bytes, TestTrust()));
  EXPECT_EQ(pack.shop(), nullptr);
  ASSERT_TRUE(pack.Section(SectionType::kTasks).has_value());
  EXPECT_EQ(ToBytes(*pack.Section(SectionType::kTasks)), Bytes{9});
  EXPECT_FALSE(pack.Section(SectionType::kPlan).has_value());
}

TEST(SitePackTest, RefusesHalfAShopAndShopsThatDisagree) {
  SealRequest half = LampsAndMugs().Request();
  half.sections.pop_back();
  EXPECT_THAT(Seal(half, TestSeed()), StatusIs(StatusCode::kInvalidArgument));
  SealRequest other = LampsAndMugs().Request();
  other.sections[2].body = EncodePopularity({{1, 0, 0, 0}}).value();
  EXPECT_THAT(Seal(other, TestSeed()), StatusIs(StatusCode::kInvalidArgument));
  testing::ShopBuilder repeat = LampsAndMugs();
  repeat.repeat.emplace().item_points = {1, 2, 3, 4, 5};  // of six items
  EXPECT_THAT(Seal(repeat.Request(), TestSeed()), StatusIs(StatusCode::kInvalidArgument));
  repeat.repeat->item_points.push_back(6);
  EXPECT_EQ(repeat.Pack().shop()->repeat->item_points(5), 6);
}

}  // namespace
}  // namespace baya::pack
