#include "vdaf/prio3_types.h"

#include <utility>

#include "vdaf/count.h"
#include "vdaf/histogram.h"
#include "vdaf/prio3_of.h"

namespace baya::vdaf {
namespace {

template <Valid Circuit>
Result<std::unique_ptr<const Prio3>> Make(size_t shares, std::span<const uint64_t> values) {
  BAYA_ASSIGN_OR_RETURN(Circuit circuit, CreateCircuit<Circuit>(shares, values));
  return std::unique_ptr<const Prio3>(new Prio3Of<Circuit>(std::move(circuit), shares));
}

template <Valid Circuit>
constexpr Prio3Type Type() {
  return {Circuit::kName, Circuit::kAlgorithmId, Circuit::kParameters, &Make<Circuit>};
}

constexpr Prio3Type kTypes[] = {
    Type<Count>(),
    Type<Histogram>(),
};

}  // namespace

std::span<const Prio3Type> Prio3Types() { return kTypes; }

const Prio3Type* FindPrio3Type(std::string_view name) {
  for (const Prio3Type& type : kTypes) {
    if (type.name == name) return &type;
  }
  return nullptr;
}

const Prio3Type* FindPrio3Type(uint32_t algorithm_id) {
  for (const Prio3Type& type : kTypes) {
    if (type.algorithm_id == algorithm_id) return &type;
  }
  return nullptr;
}

Result<std::unique_ptr<const Prio3>> MakePrio3(std::string_view name, size_t shares,
                                               std::span<const uint64_t> values) {
  const Prio3Type* const type = FindPrio3Type(name);
  if (type == nullptr) {
    return kError<StatusCode::kUnimplemented, "this build has no Prio3 type of that name">;
  }
  return type->make(shares, values);
}

}  // namespace baya::vdaf
