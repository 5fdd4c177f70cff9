#include "vdaf/xof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "vdaf/field128.h"
#include "vdaf/field64.h"
#include "vdaf/field_vec.h"
#include "vdaf/testing/field97.h"
#include "vdaf/valid.h"

namespace baya::vdaf {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

TEST(Xof, NextVecPassesOverCandidatesAboveTheModulus) {
  const Bytes seed(32, 5);
  FieldVec<testing::Field97> vec(3000);
  XofTurboShake128::ExpandIntoVec<testing::Field97>(seed, {}, {}, vec);
  XofTurboShake128 xof(seed, {}, {});
  size_t refused = 0;
  for (const testing::Field97& element : vec) {
    uint8_t candidate;
    for (;;) {
      xof.Next({&candidate, 1});
      if (candidate < 97) break;
      ++refused;
    }
    EXPECT_EQ(element.ToUint64(), candidate);
  }
  EXPECT_GT(refused, 3000u);
}

TEST(Xof, VectorsFollowOneAnotherInTheStream) {
  const Bytes seed(32, 6);
  FieldVec<Field128> whole(200);
  XofTurboShake128::ExpandIntoVec<Field128>(seed, {}, {}, whole);
  XofTurboShake128 xof(seed, {}, {});
  FieldVec<Field128> parts(200);
  xof.NextVec<Field128>(std::span(parts).first(1));
  xof.NextVec<Field128>(std::span(parts).subspan(1, 130));
  xof.NextVec<Field128>(std::span(parts).subspan(131));
  EXPECT_TRUE(parts == whole);
}

TEST(Xof, PartsAreConcatenated) {
  const Bytes seed(32, 7);
  uint8_t a[32];
  uint8_t b[32];
  XofTurboShake128::DeriveSeed(seed, {AsBytes("ab"), AsBytes("c")}, {AsBytes("d"), AsBytes("ef")},
                               a);
  XofTurboShake128::DeriveSeed(seed, {AsBytes("abc")}, {AsBytes("def")}, b);
  EXPECT_TRUE(BytesEqual(a, b));
  BAYA_ASSERT_OK_AND_ASSIGN(const SecretBytes derived,
                            DeriveSeed(seed, AsBytes("abc"), AsBytes("def")));
  EXPECT_TRUE(BytesEqual(a, derived.Expose()));
  // The lengths keep dst, seed and binder apart.
  XofTurboShake128::DeriveSeed(seed, {AsBytes("abcd")}, {AsBytes("ef")}, b);
  EXPECT_FALSE(BytesEqual(a, b));
}

TEST(Xof, SizesOutOfRange) {
  EXPECT_THAT(DeriveSeed(Bytes(255), Bytes(65535), {}), IsOk());
  EXPECT_THAT(DeriveSeed(Bytes(256), {}, {}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(DeriveSeed({}, Bytes(65536), {}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(ExpandIntoVecField128({}, {}, {}, 0), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(ExpandIntoVecField128({}, {}, {}, kMaxVectorLength + 1),
              StatusIs(StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace baya::vdaf
