// Unsigned numbers of one to five bytes: seven bits in each, the low ones first, the top bit set
// in all but the last (core/docs/formats/pack.md, "varint").
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "codec/tls.h"

namespace baya::pack {

void AppendVarint(uint32_t value, Bytes& out);

// Nothing is allocated for a count that has fewer bytes.
//
// Errors: kInvalidArgument (cut off, more than 32 bits, or not the shortest form).
Result<std::vector<uint32_t>> ReadVarints(codec::Reader& reader, size_t count);

}  // namespace baya::pack
