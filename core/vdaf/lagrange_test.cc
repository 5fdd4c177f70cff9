#include "vdaf/lagrange.h"

#include <gtest/gtest.h>

#include "vdaf/field128.h"
#include "vdaf/field64.h"
#include "vdaf/testing/polynomial.h"
#include "vdaf/testing/random.h"

namespace baya::vdaf {
namespace {

template <typename F>
class LagrangeTest : public ::testing::Test {};
using Fields = ::testing::Types<Field64, Field128>;
TYPED_TEST_SUITE(LagrangeTest, Fields);

TYPED_TEST(LagrangeTest, DoubleEvaluations) {
  testing::Random random(10);
  for (unsigned log_n = 0; log_n <= 5; ++log_n) {
    const Ntt<TypeParam> ntt(log_n);
    const auto coefficients = random.Vector<TypeParam>(ntt.size());
    const auto values = testing::Values<TypeParam>(coefficients, log_n, ntt.size());
    FieldVec<TypeParam> doubled(2 * ntt.size());
    DoubleEvaluations<TypeParam>(ntt, values, 1, doubled);
    EXPECT_TRUE(doubled == testing::Values<TypeParam>(coefficients, log_n + 1, 2 * ntt.size()));
  }
}

TYPED_TEST(LagrangeTest, EvalBatchedIsEvaluation) {
  testing::Random random(11);
  for (unsigned log_n = 0; log_n <= 5; ++log_n) {
    const Ntt<TypeParam> ntt(log_n);
    constexpr size_t kPolys = 3;
    FieldVec<TypeParam> coefficients[kPolys];
    FieldVec<TypeParam> values(ntt.size() * kPolys);
    for (size_t j = 0; j < kPolys; ++j) {
      coefficients[j] = random.Vector<TypeParam>(ntt.size());
      const auto column = testing::Values<TypeParam>(coefficients[j], log_n, ntt.size());
      for (size_t i = 0; i < ntt.size(); ++i) values[i * kPolys + j] = column[i];
    }
    // A random point, zero, and each node.
    auto points = random.Vector<TypeParam>(2);
    points.push_back(TypeParam());
    points.insert(points.end(), ntt.roots().begin(), ntt.roots().end());
    for (const TypeParam& x : points) {
      FieldVec<TypeParam> weights(ntt.size());
      EvaluationWeights<TypeParam>(ntt, x, weights);
      FieldVec<TypeParam> out(kPolys);
      EvalBatched<TypeParam>(weights, values, out);
      for (size_t j = 0; j < kPolys; ++j) {
        EXPECT_TRUE(out[j] == testing::PolyEval<TypeParam>(coefficients[j], x));
      }
    }
  }
}

TYPED_TEST(LagrangeTest, ExtendValuesToPowerOf2) {
  testing::Random random(12);
  for (unsigned log_n = 1; log_n <= 4; ++log_n) {
    const Ntt<TypeParam> ntt(log_n);
    for (size_t known = 1; known <= ntt.size(); ++known) {
      const auto coefficients = random.Vector<TypeParam>(known);
      const auto expected = testing::Values<TypeParam>(coefficients, log_n, ntt.size());
      FieldVec<TypeParam> values = expected;
      std::fill(values.begin() + static_cast<ptrdiff_t>(known), values.end(),
                random.Element<TypeParam>());
      ExtendValuesToPowerOf2<TypeParam>(ntt, values, known);
      EXPECT_TRUE(values == expected) << known << " of " << ntt.size();
    }
  }
}

}  // namespace
}  // namespace baya::vdaf
