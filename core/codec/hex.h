// Base 16 text: RFC 4648 §8.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace baya::codec {

// Lower case, two digits for each byte.
std::string EncodeHex(ByteView bytes);

// Either case. An odd number of digits, or anything that is no digit, is kInvalidArgument.
Result<Bytes> DecodeHex(std::string_view text);

}  // namespace baya::codec
