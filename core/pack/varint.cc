#include "pack/varint.h"

namespace baya::pack {

void AppendVarint(uint32_t value, Bytes& out) {
  while (value >= 0x80) {
    out.push_back(static_cast<uint8_t>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<uint8_t>(value));
}

Result<uint32_t> ReadVarint(codec::Reader& reader) {
  uint64_t value = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    BAYA_ASSIGN_OR_RETURN(const uint8_t byte, reader.U8());
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte & 0x80) continue;
    if (value > UINT32_MAX || (byte == 0 && shift > 0)) break;
    return static_cast<uint32_t>(value);
  }
  return kError<StatusCode::kInvalidArgument, "a varint is too long">;
}

}  // namespace baya::pack
