// Prio3Count: each measurement is 0 or 1, the result is their sum.
//
// Source: draft-irtf-cfrg-vdaf-20 §7.4.1.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>

#include "base/result.h"
#include "base/status.h"
#include "vdaf/field64.h"
#include "vdaf/gadgets.h"
#include "vdaf/valid.h"

namespace baya::vdaf {

class Count {
 public:
  static constexpr std::string_view kName = "Prio3Count";
  static constexpr uint32_t kAlgorithmId = 0x00000001;
  static constexpr size_t kProofs = 1;
  static constexpr std::array<Prio3Parameter, 0> kParameters = {};

  using Field = Field64;
  using GadgetTuple = std::tuple<Mul<Field>>;
  static constexpr size_t kEvalOutputLen = 1;

  static Result<Count> Create(std::span<const uint64_t> /*parameters*/) { return Count(); }

  const GadgetTuple& gadgets() const { return gadgets_; }
  std::array<size_t, 1> GadgetCalls() const { return {1}; }
  size_t MeasLen() const { return 1; }
  size_t JointRandLen() const { return 0; }
  size_t OutputLen() const { return 1; }

  // `measurement`: one value, 0 or 1.
  Status Encode(std::span<const uint64_t> measurement, std::span<Field> meas) const {
    if (measurement.size() != 1 || measurement[0] > 1) {
      return kError<StatusCode::kInvalidArgument, "a count is one value, 0 or 1">;
    }
    meas[0] = Field::FromBit(measurement[0]);
    return OkStatus();
  }

  void Truncate(std::span<const Field> meas, std::span<Field> out_share) const {
    out_share[0] = meas[0];
  }

  template <typename Recorders>
  void Eval(std::span<const Field> meas, std::span<const Field> /*joint_rand*/,
            const Field& /*shares_inv*/, Recorders& gadgets, std::span<Field> out) const {
    auto& mul = std::get<0>(gadgets);
    Field* const inputs = mul.Inputs();
    inputs[0] = meas[0];
    inputs[1] = meas[0];
    out[0] = mul.Eval() - meas[0];
  }

 private:
  GadgetTuple gadgets_;
};

}  // namespace baya::vdaf
