// Integers as decimal text, by integer arithmetic alone.
#pragma once

#include <cstdint>
#include <string>

namespace baya::codec {

// As JSON writes it: no leading zero, "-" before what is below zero.
std::string DecimalText(int64_t value);

}  // namespace baya::codec
