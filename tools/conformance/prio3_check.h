// Runs the operations of a Prio3 test vector and compares every byte.
//
// Source: draft-irtf-cfrg-vdaf-20 Appendix C.1. Each operation takes its inputs from the vector,
// so that one wrong message does not hide the next; only the verify state is ours.
#pragma once

#include "codec/json.h"
#include "conformance/disagreement.h"
#include "vdaf/prio3_types.h"

namespace baya::conformance {

// The first disagreement, if there is one. An operation that the vector says fails must fail, and
// all those before it must have succeeded.
Outcome CheckPrio3(const codec::JsonValue& json, const vdaf::Prio3Type& type);

}  // namespace baya::conformance
