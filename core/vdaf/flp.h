// FlpBBCGGI19: the fully linear proof system, for any validity circuit.
//
// Source: draft-irtf-cfrg-vdaf-20 §7.3, after Boneh, Boyle, Corrigan-Gibbs, Gilboa and Ishai,
// "Zero-Knowledge Proofs on Secret-Shared Data via Fully Linear PCPs", CRYPTO 2019, Theorem 4.3.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "base/status.h"
#include "vdaf/field.h"
#include "vdaf/field_vec.h"
#include "vdaf/gadgets.h"
#include "vdaf/lagrange.h"
#include "vdaf/ntt.h"
#include "vdaf/valid.h"

namespace baya::vdaf {

// §7.3.2, wire_poly_len and gadget_poly_len.
constexpr size_t WirePolyLen(size_t gadget_calls) { return std::bit_ceil(1 + gadget_calls); }
constexpr size_t GadgetPolyLen(size_t degree, size_t wire_poly_len) {
  return degree * (wire_poly_len - 1) + 1;
}

// What one gadget of a circuit is worth on the wire, and the tables its polynomials need.
template <Gadget G>
class GadgetPlan {
 public:
  using Field = typename G::Field;

  GadgetPlan(const G& g, size_t gadget_calls)
      : gadget(g),
        wire_len(WirePolyLen(gadget_calls)),
        poly_len(GadgetPolyLen(g.Degree(), wire_len)),
        size(std::bit_ceil(poly_len)) {
    for (size_t n = wire_len; n <= size; n *= 2) {
      ntts.emplace_back(static_cast<unsigned>(std::countr_zero(n)));
    }
  }

  const Ntt<Field>& wire_ntt() const { return ntts.front(); }
  const Ntt<Field>& poly_ntt() const { return ntts.back(); }

  G gadget;
  size_t wire_len;               // p, values in each wire polynomial
  size_t poly_len;               // values of the gadget polynomial that are sent
  size_t size;                   // the power of two that holds them
  std::vector<Ntt<Field>> ntts;  // of p, 2p, .. size points
};

// The gadget polynomial from the wire polynomials (eval_poly of Appendix A, for every gadget):
// the gadget on the wires' values at all `size` roots of unity, got by doubling.
//
//   wires  [wire_len, arity] in the Lagrange basis; destroyed
//   out    [size]
template <Gadget G>
void EvalPoly(const GadgetPlan<G>& plan, FieldVec<typename G::Field> wires,
              std::span<typename G::Field> out) {
  using F = typename G::Field;
  const size_t arity = plan.gadget.Arity();
  size_t step = plan.size / plan.wire_len;
  for (size_t i = 0; i < plan.wire_len; ++i) out[i * step] = plan.gadget.Eval(&wires[i * arity]);
  for (size_t level = 0; step > 1; ++level, step /= 2) {
    const Ntt<F>& ntt = plan.ntts[level];
    FieldVec<F> doubled;
    if (step > 2) {
      doubled.resize(2 * wires.size());
      DoubleEvaluations<F>(ntt, wires, arity, doubled);
    }
    ntt.ShiftEvaluations(wires, arity);
    for (size_t i = 0; i < ntt.size(); ++i) {
      out[(2 * i + 1) * (step / 2)] = plan.gadget.Eval(&wires[i * arity]);
    }
    if (step > 2) wires = std::move(doubled);
  }
}

// Appendix A.4, the part that both shims share: the wires of one gadget, call by call.
template <Gadget G>
class WireRecorder {
 public:
  using Field = typename G::Field;

  WireRecorder(const GadgetPlan<G>& plan, std::span<const Field> wire_seeds)
      : plan_(&plan), wires_(plan.wire_len * plan.gadget.Arity()) {
    std::copy(wire_seeds.begin(), wire_seeds.end(), wires_.begin());
  }

  // The inputs of the next call.
  Field* Inputs() { return &wires_[(calls_ + 1) * plan_->gadget.Arity()]; }

  const GadgetPlan<G>& plan() const { return *plan_; }
  FieldVec<Field>& wires() { return wires_; }  // [wire_len, arity], row 0 the seeds

 protected:
  size_t NextCall() { return ++calls_; }
  const Field* Row(size_t call) const { return &wires_[call * plan_->gadget.Arity()]; }

 private:
  const GadgetPlan<G>* plan_;
  FieldVec<Field> wires_;
  size_t calls_ = 0;
};

// Appendix A.4, class ProveGadget.
template <Gadget G>
class ProveGadget : public WireRecorder<G> {
 public:
  using WireRecorder<G>::WireRecorder;
  typename G::Field Eval() { return this->plan().gadget.Eval(this->Row(this->NextCall())); }
};

// Appendix A.4, class QueryGadget: outputs come from the gadget polynomial of the proof.
template <Gadget G>
class QueryGadget : public WireRecorder<G> {
 public:
  using Field = typename G::Field;

  // `proof`: this gadget's part, wire seeds and then gadget polynomial.
  QueryGadget(const GadgetPlan<G>& plan, std::span<const Field> proof)
      : WireRecorder<G>(plan, proof.first(plan.gadget.Arity())), poly_(plan.size) {
    const auto sent = proof.subspan(plan.gadget.Arity(), plan.poly_len);
    std::copy(sent.begin(), sent.end(), poly_.begin());
    ExtendValuesToPowerOf2<Field>(plan.poly_ntt(), poly_, plan.poly_len);
  }

  Field Eval() { return poly_[this->NextCall() * (this->plan().size / this->plan().wire_len)]; }

  std::span<const Field> poly() const { return poly_; }

 private:
  FieldVec<Field> poly_;
};

template <Valid Circuit>
class FlpBBCGGI19 {
 public:
  using Field = typename Circuit::Field;

  // `num_shares` >= 1: among how many the measurement and the proof are shared.
  FlpBBCGGI19(Circuit circuit, size_t num_shares)
      : circuit_(std::move(circuit)),
        shares_inv_(Field::FromUint(num_shares).Inv()),
        plans_(MakePlans(circuit_, Indices())) {}

  const Circuit& circuit() const { return circuit_; }

  // §7.3.2. Lengths in field elements.
  size_t ProveRandLen() const {
    return Sum([](const auto& plan) { return plan.gadget.Arity(); });
  }
  size_t QueryRandLen() const {
    return kGadgets + (Circuit::kEvalOutputLen > 1 ? Circuit::kEvalOutputLen : 0);
  }
  size_t ProofLen() const {
    return Sum([](const auto& plan) { return plan.gadget.Arity() + plan.poly_len; });
  }
  size_t VerifierLen() const {
    return 1 + Sum([](const auto& plan) { return plan.gadget.Arity() + 1; });
  }

  // §7.3.3. `proof` holds ProofLen() elements.
  void Prove(std::span<const Field> meas, std::span<const Field> prove_rand,
             std::span<const Field> joint_rand, std::span<Field> proof) const {
    ProveImpl(meas, prove_rand, joint_rand, proof, Indices());
  }

  // §7.3.4. `verifier` holds VerifierLen() elements. kFailedPrecondition when the test point is a
  // root of unity, which no honest verification key meets with more than negligible probability.
  Status Query(std::span<const Field> meas, std::span<const Field> proof,
               std::span<const Field> query_rand, std::span<const Field> joint_rand,
               std::span<Field> verifier) const {
    return QueryImpl(meas, proof, query_rand, joint_rand, verifier, Indices());
  }

  // §7.3.5. `verifier` is the sum of the shares, which the Aggregators see.
  bool Decide(std::span<const Field> verifier) const { return DecideImpl(verifier, Indices()); }

 private:
  using GadgetTuple = typename Circuit::GadgetTuple;
  static constexpr size_t kGadgets = std::tuple_size_v<GadgetTuple>;
  using Indices = std::make_index_sequence<kGadgets>;

  template <typename>
  struct PlansOf;
  template <typename... G>
  struct PlansOf<std::tuple<G...>> {
    using Plans = std::tuple<GadgetPlan<G>...>;
    using ProveGadgets = std::tuple<ProveGadget<G>...>;
    using QueryGadgets = std::tuple<QueryGadget<G>...>;
  };
  using Plans = typename PlansOf<GadgetTuple>::Plans;

  template <size_t... I>
  static Plans MakePlans(const Circuit& circuit, std::index_sequence<I...>) {
    const std::array<size_t, kGadgets> calls = circuit.GadgetCalls();
    return Plans(std::tuple_element_t<I, Plans>(std::get<I>(circuit.gadgets()), calls[I])...);
  }

  template <typename Function>
  size_t Sum(Function function) const {
    return std::apply([&](const auto&... plan) { return (size_t{0} + ... + function(plan)); },
                      plans_);
  }

  // Where each gadget's part begins, when gadget I takes function(plan I) elements.
  template <typename Function>
  std::array<size_t, kGadgets> Offsets(Function function) const {
    std::array<size_t, kGadgets> offsets{};
    size_t offset = 0;
    size_t index = 0;
    std::apply(
        [&](const auto&... plan) {
          ((offsets[index++] = std::exchange(offset, offset + function(plan))), ...);
        },
        plans_);
    return offsets;
  }

  template <size_t... I>
  void ProveImpl(std::span<const Field> meas, std::span<const Field> prove_rand,
                 std::span<const Field> joint_rand, std::span<Field> proof,
                 std::index_sequence<I...>) const {
    const auto seeds_at = Offsets([](const auto& plan) { return plan.gadget.Arity(); });
    const auto proof_at =
        Offsets([](const auto& plan) { return plan.gadget.Arity() + plan.poly_len; });
    typename PlansOf<GadgetTuple>::ProveGadgets gadgets(
        std::tuple_element_t<I, typename PlansOf<GadgetTuple>::ProveGadgets>(
            std::get<I>(plans_),
            prove_rand.subspan(seeds_at[I], std::get<I>(plans_).gadget.Arity()))...);
    FieldVec<Field> out(Circuit::kEvalOutputLen);
    circuit_.Eval(meas, joint_rand, Field::One(), gadgets, std::span<Field>(out));
    (ProveGadgetPoly(std::get<I>(gadgets), proof.subspan(proof_at[I])), ...);
  }

  template <Gadget G>
  static void ProveGadgetPoly(ProveGadget<G>& gadget, std::span<Field> proof) {
    const GadgetPlan<G>& plan = gadget.plan();
    const size_t arity = plan.gadget.Arity();
    std::copy_n(gadget.wires().begin(), arity, proof.begin());
    FieldVec<Field> poly(plan.size);
    EvalPoly<G>(plan, std::move(gadget.wires()), poly);
    std::copy_n(poly.begin(), plan.poly_len, proof.begin() + static_cast<ptrdiff_t>(arity));
  }

  template <size_t... I>
  Status QueryImpl(std::span<const Field> meas, std::span<const Field> proof,
                   std::span<const Field> query_rand, std::span<const Field> joint_rand,
                   std::span<Field> verifier, std::index_sequence<I...>) const {
    const auto proof_at =
        Offsets([](const auto& plan) { return plan.gadget.Arity() + plan.poly_len; });
    const auto verifier_at = Offsets([](const auto& plan) { return plan.gadget.Arity() + 1; });
    typename PlansOf<GadgetTuple>::QueryGadgets gadgets(
        std::tuple_element_t<I, typename PlansOf<GadgetTuple>::QueryGadgets>(
            std::get<I>(plans_), proof.subspan(proof_at[I]))...);
    FieldVec<Field> out(Circuit::kEvalOutputLen);
    circuit_.Eval(meas, joint_rand, shares_inv_, gadgets, std::span<Field>(out));

    // Reduce the output.
    if constexpr (Circuit::kEvalOutputLen > 1) {
      Field reduced;
      for (size_t i = 0; i < out.size(); ++i) reduced = reduced + query_rand[i] * out[i];
      verifier[0] = reduced;
      query_rand = query_rand.subspan(out.size());
    } else {
      verifier[0] = out[0];
    }

    bool usable = true;
    ((usable &=
      TestGadget(std::get<I>(gadgets), query_rand[I], verifier.subspan(1 + verifier_at[I]))),
     ...);
    if (!usable)
      return kError<StatusCode::kFailedPrecondition, "the test point is a root of unity">;
    return OkStatus();
  }

  // The wire checks and the gadget check at the test point `t`; false when it is a p-th root.
  template <Gadget G>
  static bool TestGadget(QueryGadget<G>& gadget, const Field& t, std::span<Field> verifier) {
    const GadgetPlan<G>& plan = gadget.plan();
    const size_t arity = plan.gadget.Arity();
    Field power = t;
    for (size_t n = 1; n < plan.wire_len; n *= 2) power = power * power;
    if (power == Field::One()) return false;
    FieldVec<Field> weights(plan.size);
    const auto wire_weights = std::span<Field>(weights).first(plan.wire_len);
    EvaluationWeights<Field>(plan.wire_ntt(), t, wire_weights);
    EvalBatched<Field>(wire_weights, gadget.wires(), verifier.first(arity));
    EvaluationWeights<Field>(plan.poly_ntt(), t, weights);
    EvalBatched<Field>(weights, gadget.poly(), verifier.subspan(arity, 1));
    return true;
  }

  template <size_t... I>
  bool DecideImpl(std::span<const Field> verifier, std::index_sequence<I...>) const {
    const auto at = Offsets([](const auto& plan) { return plan.gadget.Arity() + 1; });
    bool valid = verifier[0] == Field();
    ((valid &= CheckGadget(std::get<I>(plans_), verifier.subspan(1 + at[I]))), ...);
    return valid;
  }

  template <Gadget G>
  static bool CheckGadget(const GadgetPlan<G>& plan, std::span<const Field> checks) {
    return plan.gadget.Eval(checks.data()) == checks[plan.gadget.Arity()];
  }

  Circuit circuit_;
  Field shares_inv_;
  Plans plans_;
};

}  // namespace baya::vdaf
