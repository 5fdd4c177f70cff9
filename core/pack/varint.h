// Unsigned numbers of one to five bytes: seven bits in each, the low ones first, the top bit set
// in all but the last (core/docs/formats/pack.md, "varint").
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "codec/tls.h"

namespace baya::pack {

void AppendVarint(uint32_t value, Bytes& out);

// Errors: kInvalidArgument (cut off, more than 32 bits, or not the shortest form).
Result<uint32_t> ReadVarint(codec::Reader& reader);

}  // namespace baya::pack
