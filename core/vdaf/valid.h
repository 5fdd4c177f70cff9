// What a validity circuit declares. A new type of measurement is one file with such a class and
// one line in prio3_types.cc.
//
// Source: draft-irtf-cfrg-vdaf-20 §7.3.2 (class Valid) and §7.1.1 (encodings).
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>

#include "base/result.h"
#include "base/status.h"
#include "vdaf/field.h"

namespace baya::vdaf {

// A number that picks an instance of a type, by its name in the draft.
struct Prio3Parameter {
  std::string_view name;
  uint8_t size;  // bytes that hold it, 4 or 8; its width in a DAP task configuration
};

// Bounds what a task configuration can make us allocate: 16 MiB for one vector of Field128.
inline constexpr uint64_t kMaxVectorLength = uint64_t{1} << 20;

constexpr bool IsVectorLength(uint64_t length) { return length >= 1 && length <= kMaxVectorLength; }

// Beyond what is checked here, a circuit has
//
//   template <typename Recorders>
//   void Eval(std::span<const Field> meas, std::span<const Field> joint_rand,
//             const Field& shares_inv, Recorders& gadgets, std::span<Field> out) const;
//
// where `shares_inv` is the inverse of num_shares and `gadgets` a tuple with a recorder for each
// gadget: write all the inputs of the next call to Inputs(), then take its output from Eval().
// A circuit calls gadget i exactly GadgetCalls()[i] times and fills kEvalOutputLen outputs.
// Encode and Eval take the same time for every measurement in range.
template <typename C>
concept Valid = requires(const C circuit, std::span<const uint64_t> integers,
                         std::span<const typename C::Field> in, std::span<typename C::Field> out) {
  requires NttField<typename C::Field>;
  { C::kName } -> std::convertible_to<std::string_view>;
  { C::kAlgorithmId } -> std::convertible_to<uint32_t>;
  { C::kProofs } -> std::convertible_to<size_t>;  // PROOFS, in [1, 255]
  { C::kParameters.size() } -> std::convertible_to<size_t>;
  { C::kEvalOutputLen } -> std::convertible_to<size_t>;  // EVAL_OUTPUT_LEN
  // `integers`: one for each of kParameters. kInvalidArgument when one is out of range.
  { C::Create(integers) } -> std::same_as<Result<C>>;
  { circuit.gadgets() } -> std::same_as<const typename C::GadgetTuple&>;
  {
    circuit.GadgetCalls()
    } -> std::same_as<std::array<size_t, std::tuple_size_v<typename C::GadgetTuple>>>;
  { circuit.MeasLen() } -> std::same_as<size_t>;
  { circuit.JointRandLen() } -> std::same_as<size_t>;
  { circuit.OutputLen() } -> std::same_as<size_t>;
  // The measurement to MeasLen() elements; kInvalidArgument when it is out of range.
  { circuit.Encode(integers, out) } -> std::same_as<Status>;
  // MeasLen() elements, or shares of them, to OutputLen().
  { circuit.Truncate(in, out) } -> std::same_as<void>;
};

}  // namespace baya::vdaf
