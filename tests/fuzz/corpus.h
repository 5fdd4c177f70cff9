// The stored inputs of a target: NAME.hex, an input a line.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"

namespace baya::fuzz {

// Empty when there is no such file, or one that is not of this form.
std::vector<Bytes> ReadCorpus(const std::string& folder, const std::string& target);

// False when it cannot be written.
[[nodiscard]] bool WriteCorpus(const std::string& folder, const std::string& target,
                               const std::vector<Bytes>& inputs);

std::string HexOf(ByteView input);

}  // namespace baya::fuzz
