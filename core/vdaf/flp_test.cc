#include "vdaf/flp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "base/testing/status_matchers.h"
#include "vdaf/count.h"
#include "vdaf/histogram.h"
#include "vdaf/testing/cubic.h"
#include "vdaf/testing/random.h"

namespace baya::vdaf {
namespace {

using ::baya::testing::IsOk;
using ::baya::testing::StatusIs;

// Additive shares of `vec`.
template <NttField F>
std::vector<FieldVec<F>> Share(const FieldVec<F>& vec, size_t shares, testing::Random& random) {
  std::vector<FieldVec<F>> result = {vec};
  for (size_t i = 1; i < shares; ++i) {
    result.push_back(random.Vector<F>(vec.size()));
    SubtractFrom<F>(result[0], result[i]);
  }
  return result;
}

// One run of the proof system, with room for a cheat between its steps.
template <Valid C>
struct FlpRun {
  using F = typename C::Field;

  FlpRun(const C& circuit, const FieldVec<F>& encoded, size_t num_shares)
      : flp(circuit, num_shares),
        shares(num_shares),
        meas(encoded),
        joint_rand(random.Vector<F>(circuit.JointRandLen())),
        query_rand(random.Vector<F>(flp.QueryRandLen())),
        proof(flp.ProofLen()) {
    flp.Prove(meas, random.Vector<F>(flp.ProveRandLen()), joint_rand, proof);
  }

  FieldVec<F> Verifier() {
    const auto meas_shares = Share(meas, shares, random);
    const auto proof_shares = Share(proof, shares, random);
    FieldVec<F> sum(flp.VerifierLen());
    for (size_t i = 0; i < shares; ++i) {
      FieldVec<F> verifier(flp.VerifierLen());
      EXPECT_THAT(flp.Query(meas_shares[i], proof_shares[i], query_rand, joint_rand, verifier),
                  IsOk());
      AddInto<F>(sum, verifier);
    }
    return sum;
  }
  bool Decide() { return flp.Decide(Verifier()); }

  testing::Random random{14};
  FlpBBCGGI19<C> flp;
  size_t shares;
  FieldVec<F> meas;
  FieldVec<F> joint_rand;
  FieldVec<F> query_rand;
  FieldVec<F> proof;
};

template <Valid C>
C Make(std::vector<uint64_t> parameters) {
  auto circuit = C::Create(parameters);
  EXPECT_THAT(circuit, IsOk());
  return *std::move(circuit);
}

template <Valid C>
FieldVec<typename C::Field> Integers(const std::vector<int64_t>& integers) {
  using F = typename C::Field;
  FieldVec<F> vec;
  for (int64_t integer : integers) {
    vec.push_back(integer < 0 ? -F::FromUint(static_cast<uint64_t>(-integer))
                              : F::FromUint(static_cast<uint64_t>(integer)));
  }
  return vec;
}

// A proof about `valid` holds; one about each of `invalid` does not, nor one that was touched.
template <Valid C>
void CheckFlp(const C& circuit, const std::vector<int64_t>& valid,
              const std::vector<std::vector<int64_t>>& invalid) {
  for (size_t shares = 1; shares <= 3; ++shares) {
    FlpRun<C> run(circuit, Integers<C>(valid), shares);
    EXPECT_TRUE(run.Decide());
    for (const auto& meas : invalid) {
      EXPECT_FALSE(FlpRun<C>(circuit, Integers<C>(meas), shares).Decide());
    }
  }

  FlpRun<C> run(circuit, Integers<C>(valid), 2);
  for (auto& element : run.proof) {
    const auto honest = std::exchange(element, element + C::Field::One());
    EXPECT_FALSE(run.Decide());
    element = honest;
  }
  auto verifier = run.Verifier();
  for (auto& element : verifier) {
    const auto honest = std::exchange(element, element + C::Field::One());
    EXPECT_FALSE(run.flp.Decide(verifier));
    element = honest;
  }
  // The proof is about this measurement.
  for (auto& element : run.meas) {
    const auto honest = std::exchange(element, element + C::Field::One());
    EXPECT_FALSE(run.Decide());
    element = honest;
  }
  EXPECT_TRUE(run.Decide());
}

TEST(Flp, Count) {
  const Count count = Make<Count>({});
  CheckFlp<Count>(count, {0}, {{2}, {-1}, {12345}});
  CheckFlp<Count>(count, {1}, {});
}

TEST(Flp, CountLengths) {
  const FlpBBCGGI19<Count> flp(Make<Count>({}), 2);
  EXPECT_EQ(flp.ProveRandLen(), 2u);
  EXPECT_EQ(flp.QueryRandLen(), 1u);
  EXPECT_EQ(flp.ProofLen(), 5u);
  EXPECT_EQ(flp.VerifierLen(), 4u);
}

TEST(Flp, Histogram) {
  CheckFlp<Histogram>(Make<Histogram>({4, 2}), {0, 0, 1, 0},
                      {{0, 0, 0, 0}, {1, 0, 1, 0}, {2, 0, 0, -1}, {0, 5, 0, 0}, {-1, 1, 1, 0}});
  CheckFlp<Histogram>(Make<Histogram>({5, 2}), {0, 0, 0, 0, 1}, {{0, 0, 0, 0, 2}});
  CheckFlp<Histogram>(Make<Histogram>({1, 1}), {1}, {{0}, {2}});
  CheckFlp<Histogram>(Make<Histogram>({3, 7}), {0, 1, 0}, {{0, 1, 1}});
  CheckFlp<Histogram>(Make<Histogram>({7, 1}), {0, 0, 0, 0, 0, 0, 1}, {{1, 0, 0, 0, 0, 0, 1}});
}

// The chunk that holds the one feeds its joint randomness into the wires.
TEST(Flp, HistogramProofsAreAboutTheirJointRandomness) {
  FlpRun<Histogram> run(Make<Histogram>({4, 2}), Integers<Histogram>({0, 0, 1, 0}), 2);
  EXPECT_TRUE(run.Decide());
  run.joint_rand[1] = run.joint_rand[1] + Field128::One();
  EXPECT_FALSE(run.Decide());
}

TEST(Flp, SeveralGadgetsAndHigherDegree) {
  CheckFlp<testing::CubicCircuit>(
      testing::CubicCircuit(), {-1, 1, -1, 0, 1, -1, 1},
      {{2, 1, -1, 0, 1, 2, -2}, {-1, 1, -1, 0, 1, 1, 1}, {-1, 1, -1, 0, 1, -1, -1}});
}

TEST(Flp, HistogramParametersOutOfRange) {
  for (const std::vector<uint64_t>& parameters : {std::vector<uint64_t>{0, 1},
                                                  {1, 0},
                                                  {kMaxVectorLength + 1, 1},
                                                  {1, kMaxVectorLength + 1}}) {
    EXPECT_THAT(Histogram::Create(parameters), StatusIs(StatusCode::kInvalidArgument));
  }
}

TEST(Flp, HistogramEncodesOneHot) {
  const Histogram histogram = Make<Histogram>({6, 2});
  for (uint64_t bucket = 0; bucket < 6; ++bucket) {
    FieldVec<Field128> meas(6);
    ASSERT_THAT(histogram.Encode(std::span(&bucket, 1), meas), IsOk());
    for (size_t i = 0; i < 6; ++i) {
      EXPECT_TRUE(meas[i] == (i == bucket ? Field128::One() : Field128()));
    }
  }
}

// A verifier share at a root of unity would show a wire, which is the measurement itself.
TEST(Flp, RefusesRootsOfUnityAsTestPoints) {
  FlpRun<Histogram> run(Make<Histogram>({4, 2}), Integers<Histogram>({0, 0, 1, 0}), 2);
  FieldVec<Field128> verifier(run.flp.VerifierLen());
  for (unsigned k = 0; k <= 2; ++k) {  // p = 4
    run.query_rand.back() = Field128::NthRoot(k);
    EXPECT_THAT(run.flp.Query(run.meas, run.proof, run.query_rand, run.joint_rand, verifier),
                StatusIs(StatusCode::kFailedPrecondition));
  }
  run.query_rand.back() = Field128::NthRoot(3);
  EXPECT_THAT(run.flp.Query(run.meas, run.proof, run.query_rand, run.joint_rand, verifier), IsOk());
}

}  // namespace
}  // namespace baya::vdaf
