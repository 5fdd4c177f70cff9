// Gadgets: the non-linear parts of a validity circuit.
//
// Source: draft-irtf-cfrg-vdaf-20 Appendix A. A gadget says its arity and degree and evaluates
// itself on elements; its value on polynomials follows from that (EvalPoly in vdaf/flp.h).
#pragma once

#include <concepts>
#include <cstddef>
#include <span>

#include "vdaf/field.h"

namespace baya::vdaf {

template <typename G>
concept Gadget = requires(const G gadget, const typename G::Field* inputs) {
  { gadget.Arity() } -> std::same_as<size_t>;
  { gadget.Degree() } -> std::same_as<size_t>;
  // `inputs`: Arity() elements.
  { gadget.Eval(inputs) } -> std::same_as<typename G::Field>;
};

// Appendix A.1.
template <NttField F>
struct Mul {
  using Field = F;
  size_t Arity() const { return 2; }
  size_t Degree() const { return 2; }
  F Eval(const F* inputs) const { return inputs[0] * inputs[1]; }
};

// Appendix A.3: the sum of `count` subcircuits on consecutive inputs.
template <Gadget Subcircuit>
struct ParallelSum {
  using Field = typename Subcircuit::Field;

  Subcircuit subcircuit;
  size_t count = 1;

  size_t Arity() const { return subcircuit.Arity() * count; }
  size_t Degree() const { return subcircuit.Degree(); }
  Field Eval(const Field* inputs) const {
    Field sum;
    for (size_t i = 0; i < count; ++i) {
      sum = sum + subcircuit.Eval(inputs + i * subcircuit.Arity());
    }
    return sum;
  }
};

}  // namespace baya::vdaf
