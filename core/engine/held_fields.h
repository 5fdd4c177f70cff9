// The fields of a profile as the engine's replies carry them.
#pragma once

#include <vector>

#include "engine/ops.h"
#include "profile/fields.h"

namespace baya::engine {

// In the same order. `fields` must outlive the result.
std::vector<HeldField> HeldFields(const std::vector<profile::Field>& fields);

}  // namespace baya::engine
