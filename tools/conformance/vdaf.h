// `baya conformance vdaf DIR`: a directory of the draft's test vectors against core/vdaf.
#pragma once

#include <string>

namespace baya::conformance {

// Prints one line for each file and each type that is not built yet; stops at the first
// disagreement. Returns the exit status: 0 when every vector of a built type passed and there was
// at least one.
int RunVdaf(const std::string& directory);

}  // namespace baya::conformance
