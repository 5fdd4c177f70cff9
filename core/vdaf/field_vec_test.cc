#include "vdaf/field_vec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/status_matchers.h"
#include "vdaf/field128.h"
#include "vdaf/field64.h"
#include "vdaf/testing/random.h"

namespace baya::vdaf {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

template <typename F>
class FieldVecTest : public ::testing::Test {};
using Fields = ::testing::Types<Field64, Field128>;
TYPED_TEST_SUITE(FieldVecTest, Fields);

TYPED_TEST(FieldVecTest, EncodingsComeBack) {
  testing::Random random(5);
  const FieldVec<TypeParam> vec = random.Vector<TypeParam>(7);
  Bytes encoded(7 * TypeParam::kEncodedSize);
  EncodeVec<TypeParam>(vec, encoded);
  FieldVec<TypeParam> decoded(7);
  EXPECT_THAT(DecodeVec<TypeParam>(encoded, decoded), IsOk());
  EXPECT_TRUE(decoded == vec);
}

TYPED_TEST(FieldVecTest, DecodeRefusesAnotherLength) {
  FieldVec<TypeParam> vec(2);
  for (size_t size : {size_t{0}, TypeParam::kEncodedSize, 2 * TypeParam::kEncodedSize - 1,
                      2 * TypeParam::kEncodedSize + 1, 3 * TypeParam::kEncodedSize}) {
    EXPECT_THAT(DecodeVec<TypeParam>(Bytes(size), vec), StatusIs(StatusCode::kInvalidArgument))
        << size;
  }
}

TYPED_TEST(FieldVecTest, DecodeRefusesOneElementOutOfRangeAnywhere) {
  for (size_t at = 0; at < 3; ++at) {
    Bytes encoded(3 * TypeParam::kEncodedSize);
    const auto begin = encoded.begin() + static_cast<ptrdiff_t>(at * TypeParam::kEncodedSize);
    std::fill_n(begin, TypeParam::kEncodedSize, uint8_t{0xff});
    FieldVec<TypeParam> vec(3);
    EXPECT_THAT(DecodeVec<TypeParam>(encoded, vec), StatusIs(StatusCode::kInvalidArgument));
  }
}

TYPED_TEST(FieldVecTest, SumsAndDifferences) {
  testing::Random random(6);
  const FieldVec<TypeParam> a = random.Vector<TypeParam>(5);
  const FieldVec<TypeParam> b = random.Vector<TypeParam>(5);
  FieldVec<TypeParam> c = a;
  AddInto<TypeParam>(c, b);
  for (size_t i = 0; i < 5; ++i) EXPECT_TRUE(c[i] == a[i] + b[i]);
  SubtractFrom<TypeParam>(c, b);
  EXPECT_TRUE(c == a);
}

}  // namespace
}  // namespace baya::vdaf
