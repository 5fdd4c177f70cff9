#include "pack/varint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"

namespace baya::pack {
namespace {

using ::baya::testing::IsOkAndHolds;
using ::baya::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(VarintTest, ReadsWhatItWrote) {
  for (const uint32_t value : {0u, 1u, 127u, 128u, 300u, 16383u, 16384u, 1u << 28, UINT32_MAX}) {
    Bytes bytes;
    AppendVarint(value, bytes);
    codec::Reader reader(bytes);
    EXPECT_THAT(ReadVarints(reader, 1), IsOkAndHolds(ElementsAre(value)));
    BAYA_EXPECT_OK(reader.Finish());
  }
}

TEST(VarintTest, WritesLowBitsFirst) {
  Bytes bytes;
  AppendVarint(300, bytes);  // 0b10'0101100
  EXPECT_EQ(bytes, (Bytes{0xac, 0x02}));
}

TEST(VarintTest, RefusesOtherForms) {
  const Bytes cases[] = {
      {},                              // nothing
      {0x80},                          // cut off
      {0x80, 0x00},                    // 0 in two bytes
      {0xff, 0xff, 0xff, 0xff, 0x10},  // 2^32 and more
      {0x80, 0x80, 0x80, 0x80, 0x80, 0x01},
  };
  for (const Bytes& bytes : cases) {
    codec::Reader reader(bytes);
    EXPECT_THAT(ReadVarints(reader, 1), StatusIs(StatusCode::kInvalidArgument));
  }
}

TEST(VarintTest, ReadsSeveralAndLeavesTheRest) {
  const Bytes bytes = {0x05, 0xac, 0x02, 0x00, 0x07};
  codec::Reader reader(bytes);
  EXPECT_THAT(ReadVarints(reader, 3), IsOkAndHolds(ElementsAre(5, 300, 0)));
  EXPECT_THAT(ReadVarints(reader, 0), IsOkAndHolds(IsEmpty()));
  EXPECT_EQ(reader.remaining(), 1u);
}

TEST(VarintTest, RefusesMoreThanThereAre) {
  const Bytes bytes = {0x05, 0xac, 0x02};
  codec::Reader reader(bytes);
  EXPECT_THAT(ReadVarints(reader, 3), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(ReadVarints(reader, SIZE_MAX), StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::pack
