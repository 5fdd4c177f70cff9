#pragma once

#include "fuzz_target.h"

namespace baya::fuzz {

// control_allocate_and_free stays inside the limits; the others do not.
std::vector<Target> ControlTargets();

}  // namespace baya::fuzz
