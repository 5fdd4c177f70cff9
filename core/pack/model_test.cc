#include "pack/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/testing/status_matchers.h"
#include "pack/limits.h"
#include "pack/writer/sections.h"

namespace baya::pack {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Not;

using Table = std::vector<std::vector<WeightedSource>>;

const Blend kBlend = {
    .half_life_days = 60, .attribute = 1, .repeat = 2, .popularity = 3, .trend = 65535};

// 600 items, so that gaps take both bytes; item 1 has no source.
Table LargeTable() {
  Table table(600);
  table[0] = {{599, 0.5}, {3, -0.25}, {300, 0.01}};
  table[2] = {{1, 1.5}};
  table[599] = {{0, 0.125}, {598, 0.0625}};
  return table;
}

double Weight(const Model& model, ItemIndex item, size_t i) {
  return model.weights(item)[i] * model.scale(item) / double{1 << 20};
}

TEST(ModelTest, ReadsWhatTheWriterWroteWithinHalfAStep) {
  for (const uint8_t bits : {uint8_t{4}, uint8_t{8}}) {
    BAYA_ASSERT_OK_AND_ASSIGN(const Bytes section, EncodeModel(LargeTable(), kBlend, bits));
    BAYA_ASSERT_OK_AND_ASSIGN(const Model model, Model::Parse(section));
    ASSERT_EQ(model.size(), 600u);
    EXPECT_EQ(model.bits(), bits);
    EXPECT_EQ(model.blend().half_life_days, 60);
    EXPECT_EQ(model.blend().trend, 65535);
    EXPECT_TRUE(model.sources(1).empty());
    const double step = 0.5 / ((1 << (bits - 1)) - 1);
    // With 4 bits 0.01 rounds to nothing beside 0.5 and is not stored.
    const std::vector<ItemIndex> expected =
        bits == 8 ? std::vector<ItemIndex>{3, 300, 599} : std::vector<ItemIndex>{3, 599};
    EXPECT_THAT(model.sources(0), ::testing::ElementsAreArray(expected));
    EXPECT_NEAR(Weight(model, 0, 0), -0.25, step / 2 + 1e-4);
    EXPECT_NEAR(Weight(model, 0, expected.size() - 1), 0.5, 1e-4);
    EXPECT_THAT(model.sources(599), ElementsAre(0, 598));
    EXPECT_NEAR(Weight(model, 2, 0), 1.5, 1e-4);
  }
}

TEST(ModelTest, RefusesEveryPrefixAndAnyTail) {
  for (const uint8_t bits : {uint8_t{4}, uint8_t{8}}) {
    BAYA_ASSERT_OK_AND_ASSIGN(Bytes section, EncodeModel(LargeTable(), kBlend, bits));
    for (size_t size = 0; size < section.size(); ++size) {
      ASSERT_THAT(Model::Parse(ByteView(section).first(size)), Not(IsOk())) << size;
    }
    section.push_back(0);
    EXPECT_THAT(Model::Parse(section), StatusIs(StatusCode::kInvalidArgument));
  }
}

// One item that has item 1 as its only source, as bytes: what a hostile pack could change.
struct RawModel {
  Bytes bytes{0, 0, 0, 2,                    // n
              0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // blend
              8,                             // bits
              1, 0, 0, 0,                    // scales
              1, 0,                          // counts
              1,                             // gap_low
              0,                             // gap_high
              5};                            // weight
};

TEST(ModelTest, RefusesBrokenRows) {
  BAYA_ASSERT_OK(Model::Parse(RawModel().bytes).status());
  const auto with = [](size_t place, uint8_t value) {
    RawModel raw;
    raw.bytes[place] = value;
    return Model::Parse(raw.bytes);
  };
  EXPECT_THAT(with(14, 5), StatusIs(StatusCode::kInvalidArgument));     // five bits
  EXPECT_THAT(with(19, 65), StatusIs(StatusCode::kInvalidArgument));    // too many sources
  EXPECT_THAT(with(21, 0), StatusIs(StatusCode::kInvalidArgument));     // its own source
  EXPECT_THAT(with(21, 2), StatusIs(StatusCode::kInvalidArgument));     // no such item
  EXPECT_THAT(with(22, 1), StatusIs(StatusCode::kInvalidArgument));     // 256 further
  EXPECT_THAT(with(23, 0x80), StatusIs(StatusCode::kInvalidArgument));  // -128
}

TEST(ModelTest, RefusesAHalfByteLeftOver) {
  Table table(2);
  table[0] = {{1, 1.0}};
  BAYA_ASSERT_OK_AND_ASSIGN(Bytes section, EncodeModel(table, kBlend, 4));
  BAYA_ASSERT_OK(Model::Parse(section).status());
  section.back() = static_cast<uint8_t>(section.back() | 0x10);
  EXPECT_THAT(Model::Parse(section), StatusIs(StatusCode::kInvalidArgument));
}

TEST(ModelTest, WriterRefusesWhatTheFormatCannotHold) {
  Table table(kMaxSourcesPerItem + 2);
  EXPECT_THAT(EncodeModel(table, kBlend, 7), StatusIs(StatusCode::kInvalidArgument));
  table[0] = {{0, 1.0}};
  EXPECT_THAT(EncodeModel(table, kBlend, 8), StatusIs(StatusCode::kInvalidArgument));
  table[0] = {{1, 1.0}, {1, 1.0}};
  EXPECT_THAT(EncodeModel(table, kBlend, 8), StatusIs(StatusCode::kInvalidArgument));
  table[0] = {{static_cast<ItemIndex>(table.size()), 1.0}};
  EXPECT_THAT(EncodeModel(table, kBlend, 8), StatusIs(StatusCode::kInvalidArgument));
  table[0].clear();
  for (ItemIndex i = 1; i <= kMaxSourcesPerItem + 1; ++i) table[0].push_back({i, 1.0});
  EXPECT_THAT(EncodeModel(table, kBlend, 8), StatusIs(StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace baya::pack
