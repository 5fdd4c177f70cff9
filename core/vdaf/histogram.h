// Prio3Histogram: each measurement is the index of a bucket, the result the count of each bucket.
//
// Source: draft-irtf-cfrg-vdaf-20 §7.4.4.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>

#include "base/result.h"
#include "base/status.h"
#include "vdaf/field128.h"
#include "vdaf/gadgets.h"
#include "vdaf/valid.h"

namespace baya::vdaf {

class Histogram {
 public:
  static constexpr std::string_view kName = "Prio3Histogram";
  static constexpr uint32_t kAlgorithmId = 0x00000004;
  static constexpr size_t kProofs = 1;
  static constexpr std::array<Prio3Parameter, 2> kParameters = {
      {{"length", 4}, {"chunk_length", 4}}};

  using Field = Field128;
  using GadgetTuple = std::tuple<ParallelSum<Mul<Field>>>;
  static constexpr size_t kEvalOutputLen = 2;

  // `parameters`: length (buckets) and chunk_length, best near its square root (§7.4.3.1); each
  // in [1, kMaxVectorLength].
  static Result<Histogram> Create(std::span<const uint64_t> parameters) {
    if (!IsVectorLength(parameters[0]) || !IsVectorLength(parameters[1])) {
      return kError<StatusCode::kInvalidArgument,
                    "length and chunk_length of a histogram are 1 to 2^20">;
    }
    return Histogram(static_cast<size_t>(parameters[0]), static_cast<size_t>(parameters[1]));
  }

  const GadgetTuple& gadgets() const { return gadgets_; }
  std::array<size_t, 1> GadgetCalls() const {
    return {(length_ + chunk_length_ - 1) / chunk_length_};
  }
  size_t MeasLen() const { return length_; }
  size_t JointRandLen() const { return GadgetCalls()[0]; }
  size_t OutputLen() const { return length_; }

  // `measurement`: one value in [0, length). Which one it is shows in no branch or address.
  Status Encode(std::span<const uint64_t> measurement, std::span<Field> meas) const {
    if (measurement.size() != 1 || measurement[0] >= length_) {
      return kError<StatusCode::kInvalidArgument, "a bucket index is one value below the length">;
    }
    for (size_t i = 0; i < length_; ++i) {
      const uint64_t difference = measurement[0] ^ i;
      const uint64_t differs = (difference | (0 - difference)) >> 63;
      meas[i] = Field::FromBit(1 - differs);
    }
    return OkStatus();
  }

  void Truncate(std::span<const Field> meas, std::span<Field> out_share) const {
    std::copy(meas.begin(), meas.end(), out_share.begin());
  }

  template <typename Recorders>
  void Eval(std::span<const Field> meas, std::span<const Field> joint_rand, const Field& shares_inv,
            Recorders& gadgets, std::span<Field> out) const {
    auto& parallel_sum = std::get<0>(gadgets);
    // Each bucket is one or zero.
    Field range_check;
    for (size_t i = 0; i < joint_rand.size(); ++i) {
      const Field r = joint_rand[i];
      Field r_power = r;
      Field* const inputs = parallel_sum.Inputs();
      for (size_t j = 0; j < chunk_length_; ++j) {
        const size_t index = i * chunk_length_ + j;
        const Field element = index < meas.size() ? meas[index] : Field();
        inputs[2 * j] = r_power * element;
        inputs[2 * j + 1] = element - shares_inv;
        r_power = r_power * r;
      }
      range_check = range_check + parallel_sum.Eval();
    }
    // The buckets sum to one.
    Field sum_check = -shares_inv;
    for (const Field& bucket : meas) sum_check = sum_check + bucket;
    out[0] = range_check;
    out[1] = sum_check;
  }

 private:
  Histogram(size_t length, size_t chunk_length)
      : length_(length),
        chunk_length_(chunk_length),
        gadgets_(ParallelSum<Mul<Field>>{{}, chunk_length}) {}

  size_t length_;
  size_t chunk_length_;
  GadgetTuple gadgets_;
};

}  // namespace baya::vdaf
