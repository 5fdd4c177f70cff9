// Runs the test vector of XofTurboShake128: derive_seed, and expand_into_vec over Field128.
#pragma once

#include "codec/json.h"
#include "conformance/disagreement.h"

namespace baya::conformance {

Outcome CheckXofTurboShake128(const codec::JsonValue& json);

}  // namespace baya::conformance
