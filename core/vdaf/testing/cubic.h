// A circuit unlike those of the draft: two gadgets, one of degree 3 that is not zero at zero, and
// a gadget output that feeds the next call. For tests.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>

#include "vdaf/field128.h"
#include "vdaf/gadgets.h"
#include "vdaf/valid.h"

namespace baya::vdaf::testing {

// x^3 - x + 1, which is 1 exactly for x in {-1, 0, 1}.
template <NttField F>
struct Cubic {
  using Field = F;
  size_t Arity() const { return 1; }
  size_t Degree() const { return 3; }
  F Eval(const F* inputs) const {
    const F& x = inputs[0];
    return x * x * x - x + F::One();
  }
};

// Seven elements: m[0..5) each -1, 0 or 1; m[5] = m[0] m[1]; m[6] = m[0] m[1] m[2].
class CubicCircuit {
 public:
  static constexpr std::string_view kName = "Cubic";
  static constexpr uint32_t kAlgorithmId = 0xffff0001;
  static constexpr size_t kProofs = 1;
  static constexpr std::array<Prio3Parameter, 0> kParameters = {};

  using Field = Field128;
  using GadgetTuple = std::tuple<Cubic<Field>, Mul<Field>>;
  static constexpr size_t kEvalOutputLen = 3;

  static Result<CubicCircuit> Create(std::span<const uint64_t> /*parameters*/) {
    return CubicCircuit();
  }

  const GadgetTuple& gadgets() const { return gadgets_; }
  std::array<size_t, 2> GadgetCalls() const { return {5, 2}; }
  size_t MeasLen() const { return 7; }
  size_t JointRandLen() const { return 5; }
  size_t OutputLen() const { return 7; }

  Status Encode(std::span<const uint64_t> measurement, std::span<Field> meas) const {
    for (size_t i = 0; i < 7; ++i) meas[i] = Field::FromUint(measurement[i]);
    return OkStatus();
  }
  void Truncate(std::span<const Field> meas, std::span<Field> out_share) const {
    std::copy(meas.begin(), meas.end(), out_share.begin());
  }

  template <typename Recorders>
  void Eval(std::span<const Field> meas, std::span<const Field> joint_rand, const Field& shares_inv,
            Recorders& gadgets, std::span<Field> out) const {
    auto& [cubic, mul] = gadgets;
    Field range_check;
    for (size_t i = 0; i < 5; ++i) {
      cubic.Inputs()[0] = meas[i];
      range_check = range_check + joint_rand[i] * (cubic.Eval() - shares_inv);
    }
    mul.Inputs()[0] = meas[0];
    mul.Inputs()[1] = meas[1];
    const Field product = mul.Eval();
    mul.Inputs()[0] = product;
    mul.Inputs()[1] = meas[2];
    out[0] = range_check;
    out[1] = product - meas[5];
    out[2] = mul.Eval() - meas[6];
  }

 private:
  GadgetTuple gadgets_;
};

}  // namespace baya::vdaf::testing
