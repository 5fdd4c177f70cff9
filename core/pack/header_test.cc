#include "pack/header.h"

#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "pack/limits.h"
#include "pack/testing/shop_builder.h"

namespace baya::pack {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::Not;

SealRequest PlanOnly() {
  SealRequest request;
  request.site = "shop.example";
  request.version = 3;
  request.sections = {{SectionType::kPlan, {1, 2, 3}}};
  return request;
}

TEST(HeaderTest, ReadsWhatWasSealed) {
  SealRequest request = PlanOnly();
  request.replaces = 4;
  request.next_key = testing::TestKey(9);
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes bytes, Seal(request, testing::TestSeed()));
  BAYA_ASSERT_OK_AND_ASSIGN(const Header header, ParseHeader(bytes));
  EXPECT_EQ(header.version, 3u);
  EXPECT_EQ(header.replaces, 4u);
  EXPECT_EQ(header.site, "shop.example");
  EXPECT_EQ(header.key, testing::TestKey());
  EXPECT_EQ(header.next_key, testing::TestKey(9));
  ASSERT_EQ(header.sections.size(), 1u);
  EXPECT_EQ(header.sections[0].length, 3u);
  EXPECT_EQ(header.size + 3, bytes.size());
  BAYA_EXPECT_OK(CheckSignature(header));
}

TEST(HeaderTest, ThePackIdNamesTheContentNotTheSignature) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes one, Seal(PlanOnly(), testing::TestSeed()));
  SealRequest changed = PlanOnly();
  changed.sections[0].body = {1, 2, 4};
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes other, Seal(changed, testing::TestSeed()));
  EXPECT_EQ(PackId(ParseHeader(one).value()), PackId(ParseHeader(one).value()));
  EXPECT_NE(PackId(ParseHeader(one).value()), PackId(ParseHeader(other).value()));
}

TEST(HeaderTest, TellsWhatIsWrong) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes good, Seal(PlanOnly(), testing::TestSeed()));
  Bytes other_file = good;
  other_file[0] = 'B';
  EXPECT_THAT(ParseHeader(other_file), StatusIs(StatusCode::kInvalidArgument));
  Bytes newer_format = good;
  newer_format[9] = 2;
  EXPECT_THAT(ParseHeader(newer_format), StatusIs(StatusCode::kUnimplemented));
  EXPECT_THAT(ParseHeader({}), StatusIs(StatusCode::kDataLoss));
}

TEST(HeaderTest, SealRefusesRequestsThatNoDeviceWouldTake) {
  const auto seal = [](auto change) {
    SealRequest request = PlanOnly();
    change(request);
    return Seal(request, testing::TestSeed());
  };
  BAYA_EXPECT_OK(seal([](SealRequest&) {}).status());
  EXPECT_THAT(seal([](SealRequest& r) { r.version = 0; }), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(seal([](SealRequest& r) { r.replaces = r.version; }),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(seal([](SealRequest& r) { r.site = ""; }), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(seal([](SealRequest& r) { r.site.assign(kMaxSiteIdBytes + 1, 'x'); }),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(seal([](SealRequest& r) { r.sections.push_back(r.sections[0]); }),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(Seal(PlanOnly(), SecretBytes(31)), Not(IsOk()));
}

}  // namespace
}  // namespace baya::pack
