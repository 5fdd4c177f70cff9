#include "vdaf/ntt.h"

#include <gtest/gtest.h>

#include "vdaf/field128.h"
#include "vdaf/field64.h"
#include "vdaf/testing/polynomial.h"
#include "vdaf/testing/random.h"

namespace baya::vdaf {
namespace {

template <typename F>
class NttTest : public ::testing::Test {};
using Fields = ::testing::Types<Field64, Field128>;
TYPED_TEST_SUITE(NttTest, Fields);

constexpr unsigned kMaxLogN = 6;
constexpr size_t kWidth = 3;

template <typename F>
FieldVec<F> Column(const FieldVec<F>& batch, size_t column) {
  FieldVec<F> vec;
  for (size_t i = column; i < batch.size(); i += kWidth) vec.push_back(batch[i]);
  return vec;
}

TYPED_TEST(NttTest, ForwardIsTheNaiveTransform) {
  testing::Random random(7);
  for (unsigned log_n = 0; log_n <= kMaxLogN; ++log_n) {
    const Ntt<TypeParam> ntt(log_n);
    const auto batch = random.Vector<TypeParam>(ntt.size() * kWidth);
    auto transformed = batch;
    ntt.Forward(transformed, kWidth);
    for (size_t j = 0; j < kWidth; ++j) {
      const auto coefficients = Column(batch, j);
      EXPECT_TRUE(Column(transformed, j) ==
                  testing::Values<TypeParam>(coefficients, log_n, ntt.size()));
    }
  }
}

TYPED_TEST(NttTest, InverseUndoesForward) {
  testing::Random random(8);
  for (unsigned log_n = 0; log_n <= kMaxLogN; ++log_n) {
    const Ntt<TypeParam> ntt(log_n);
    const auto batch = random.Vector<TypeParam>(ntt.size() * kWidth);
    auto there_and_back = batch;
    ntt.Forward(there_and_back, kWidth);
    ntt.Inverse(there_and_back, kWidth);
    EXPECT_TRUE(there_and_back == batch);
  }
}

// ntt(.., set_s = true): values at s * w^i.
TYPED_TEST(NttTest, ShiftEvaluationsIsTheNaiveTransformOnTheCoset) {
  testing::Random random(9);
  for (unsigned log_n = 0; log_n <= kMaxLogN; ++log_n) {
    const Ntt<TypeParam> ntt(log_n);
    const TypeParam s = TypeParam::NthRoot(log_n + 1);
    const auto coefficients = random.Vector<TypeParam>(ntt.size());
    auto values = testing::Values<TypeParam>(coefficients, log_n, ntt.size());
    ntt.ShiftEvaluations(values, 1);
    for (size_t i = 0; i < ntt.size(); ++i) {
      const TypeParam point = s * testing::Power(TypeParam::NthRoot(log_n), i);
      EXPECT_TRUE(values[i] == testing::PolyEval<TypeParam>(coefficients, point));
    }
  }
}

TYPED_TEST(NttTest, RootsAreThePowersOfThePrincipalRoot) {
  const Ntt<TypeParam> ntt(4);
  for (size_t i = 0; i < 16; ++i) {
    EXPECT_TRUE(ntt.roots()[i] == testing::Power(TypeParam::NthRoot(4), i));
  }
  EXPECT_TRUE(ntt.inverse_size() * TypeParam::FromUint(16) == TypeParam::One());
}

}  // namespace
}  // namespace baya::vdaf
