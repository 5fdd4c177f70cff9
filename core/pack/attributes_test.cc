#include "pack/attributes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "pack/limits.h"
#include "pack/writer/sections.h"

namespace baya::pack {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const std::vector<Attribute> kAttributes = {{AttributeKind::kCategory, "lamps", 9},
                                            {AttributeKind::kTag, "f\u00fcr Kinder", 255},
                                            {AttributeKind::kPriceBand, "under 2.00", 0}};

TEST(AttributesTest, ReadsWhatTheWriterWrote) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes section,
                            EncodeAttributes(kAttributes, {{0, 2}, {}, {1}, {0, 1, 2}}));
  BAYA_ASSERT_OK_AND_ASSIGN(const Attributes attributes, Attributes::Parse(section));
  ASSERT_EQ(attributes.item_count(), 4u);
  ASSERT_EQ(attributes.attribute_count(), 3u);
  EXPECT_THAT(attributes.of(0), ElementsAre(0, 2));
  EXPECT_THAT(attributes.of(1), IsEmpty());
  EXPECT_THAT(attributes.of(3), ElementsAre(0, 1, 2));
  EXPECT_EQ(attributes.kind(1), AttributeKind::kTag);
  EXPECT_EQ(attributes.name(1), "f\u00fcr Kinder");
  EXPECT_EQ(attributes.weight(1), 255);
  EXPECT_EQ(attributes.Find(AttributeKind::kPriceBand, "under 2.00"), 2);
  EXPECT_EQ(attributes.Find(AttributeKind::kTag, "under 2.00"), std::nullopt);
}

TEST(AttributesTest, RefusesEveryPrefixAndAnyTail) {
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes section, EncodeAttributes(kAttributes, {{0, 2}, {1}}));
  for (size_t size = 0; size < section.size(); ++size) {
    EXPECT_THAT(Attributes::Parse(ByteView(section).first(size)), Not(IsOk())) << size;
  }
  section.push_back(0);
  EXPECT_THAT(Attributes::Parse(section), StatusIs(StatusCode::kInvalidArgument));
}

TEST(AttributesTest, RefusesAnUnknownKindOrAttribute) {
  BAYA_ASSERT_OK_AND_ASSIGN(const Bytes good, EncodeAttributes(kAttributes, {{2}}));
  BAYA_ASSERT_OK(Attributes::Parse(good).status());
  Bytes kind = good;
  kind[6] = 7;  // the first kind, behind n and m
  EXPECT_THAT(Attributes::Parse(kind), StatusIs(StatusCode::kInvalidArgument));
  kind[6] = 6;  // a region with a weight
  EXPECT_THAT(Attributes::Parse(kind), StatusIs(StatusCode::kInvalidArgument));
  kind[9] = 0;  // its weight
  BAYA_EXPECT_OK(Attributes::Parse(kind).status());
  Bytes gap = good;
  gap.back() = 3;
  EXPECT_THAT(Attributes::Parse(gap), StatusIs(StatusCode::kInvalidArgument));
}

TEST(AttributesTest, WriterRefusesWhatTheFormatCannotHold) {
  EXPECT_THAT(EncodeAttributes(kAttributes, {{3}}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(EncodeAttributes(kAttributes, {{1, 1}}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(EncodeAttributes({{AttributeKind::kTag, "", 0}}, {}),
              StatusIs(StatusCode::kInvalidArgument));
  const std::vector<AttributeId> many(kMaxAttributesPerItem + 1);
  EXPECT_THAT(EncodeAttributes(kAttributes, {many}), StatusIs(StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace baya::pack
