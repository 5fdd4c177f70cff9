// Base 64 with the URL- and filename-safe alphabet, without padding: RFC 4648 §5 and §3.2.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace baya::codec {

std::string EncodeBase64Url(ByteView bytes);

// One text for each byte string: padding, white space, the other alphabet and unused bits that are
// not zero (RFC 4648 §3.5) are kInvalidArgument.
Result<Bytes> DecodeBase64Url(std::string_view text);

}  // namespace baya::codec
