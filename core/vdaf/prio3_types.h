// The types of Prio3 that this build offers, and how to make an instance of one.
//
// Source: draft-irtf-cfrg-vdaf-20 §7.4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"
#include "vdaf/prio3.h"
#include "vdaf/valid.h"

namespace baya::vdaf {

struct Prio3Type {
  std::string_view name;  // the draft's, e.g. "Prio3Histogram"
  uint32_t algorithm_id;
  std::span<const Prio3Parameter> parameters;

  // `shares` in [2, 255]; `values` one for each of `parameters`, in their order.
  // kInvalidArgument for another number of either or a value out of range.
  Result<std::unique_ptr<const Prio3>> (*make)(size_t shares, std::span<const uint64_t> values);
};

// Ascending by algorithm id.
std::span<const Prio3Type> Prio3Types();

// Null when this build has no such type.
const Prio3Type* FindPrio3Type(std::string_view name);
const Prio3Type* FindPrio3Type(uint32_t algorithm_id);

// kUnimplemented when this build has no type of that name.
Result<std::unique_ptr<const Prio3>> MakePrio3(std::string_view name, size_t shares,
                                               std::span<const uint64_t> values);

}  // namespace baya::vdaf
