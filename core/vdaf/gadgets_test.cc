#include "vdaf/gadgets.h"

#include <gtest/gtest.h>

#include "vdaf/field128.h"
#include "vdaf/field64.h"
#include "vdaf/flp.h"
#include "vdaf/testing/cubic.h"
#include "vdaf/testing/random.h"

namespace baya::vdaf {
namespace {

TEST(Gadgets, Mul) {
  const Field64 inputs[] = {Field64::FromUint(6), Field64::FromUint(7)};
  const Mul<Field64> mul;
  EXPECT_EQ(mul.Arity(), 2u);
  EXPECT_EQ(mul.Degree(), 2u);
  EXPECT_TRUE(mul.Eval(inputs) == Field64::FromUint(42));
}

TEST(Gadgets, ParallelSumMapsInputsInOrder) {
  const ParallelSum<Mul<Field64>> sum{{}, 3};
  EXPECT_EQ(sum.Arity(), 6u);
  EXPECT_EQ(sum.Degree(), 2u);
  Field64 inputs[6];
  for (uint64_t i = 0; i < 6; ++i) inputs[i] = Field64::FromUint(i + 1);
  EXPECT_TRUE(sum.Eval(inputs) == Field64::FromUint(1 * 2 + 3 * 4 + 5 * 6));
}

// A gadget on polynomials, at any point, is the gadget on their values there.
template <Gadget G>
void CheckEvalPoly(const G& gadget, size_t calls) {
  using F = typename G::Field;
  testing::Random random(13);
  const GadgetPlan<G> plan(gadget, calls);
  const size_t arity = gadget.Arity();
  const auto wires = random.Vector<F>(plan.wire_len * arity);
  FieldVec<F> poly(plan.size);
  EvalPoly<G>(plan, wires, poly);

  const F x = random.Element<F>();
  FieldVec<F> weights(plan.wire_len);
  EvaluationWeights<F>(plan.wire_ntt(), x, weights);
  FieldVec<F> wire_values(arity);
  EvalBatched<F>(weights, wires, wire_values);
  weights.resize(plan.size);
  EvaluationWeights<F>(plan.poly_ntt(), x, weights);
  FieldVec<F> poly_value(1);
  EvalBatched<F>(weights, poly, poly_value);
  EXPECT_TRUE(poly_value[0] == gadget.Eval(wire_values.data())) << calls;

  // What the proof leaves out can be found again.
  FieldVec<F> extended(poly.begin(), poly.begin() + static_cast<ptrdiff_t>(plan.poly_len));
  extended.resize(plan.size);
  ExtendValuesToPowerOf2<F>(plan.poly_ntt(), extended, plan.poly_len);
  EXPECT_TRUE(extended == poly);
}

TEST(Gadgets, EvalPoly) {
  for (size_t calls = 1; calls <= 9; ++calls) {
    CheckEvalPoly(Mul<Field64>(), calls);
    CheckEvalPoly(Mul<Field128>(), calls);
    CheckEvalPoly(ParallelSum<Mul<Field128>>{{}, 3}, calls);
    CheckEvalPoly(testing::Cubic<Field64>(), calls);
    CheckEvalPoly(ParallelSum<testing::Cubic<Field128>>{{}, 2}, calls);
  }
}

}  // namespace
}  // namespace baya::vdaf
