#include "pack/varint.h"

namespace baya::pack {
namespace {

constexpr Status kBroken =
    kError<StatusCode::kInvalidArgument, "a varint is cut off, too long or not the shortest">;

// The number at `at` and what follows it; null when there is none.
const uint8_t* ReadLong(const uint8_t* at, const uint8_t* end, uint32_t& value) {
  uint64_t sum = 0;
  for (int shift = 0; shift < 35 && at != end; shift += 7) {
    const uint8_t byte = *at++;
    sum |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte & 0x80) continue;
    if (sum > UINT32_MAX || (byte == 0 && shift > 0)) break;
    value = static_cast<uint32_t>(sum);
    return at;
  }
  return nullptr;
}

}  // namespace

void AppendVarint(uint32_t value, Bytes& out) {
  while (value >= 0x80) {
    out.push_back(static_cast<uint8_t>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<uint8_t>(value));
}

Result<std::vector<uint32_t>> ReadVarints(codec::Reader& reader, size_t count) {
  if (reader.remaining() < count) return kBroken;
  codec::Reader ahead = reader;
  BAYA_ASSIGN_OR_RETURN(const ByteView bytes, ahead.Raw(reader.remaining()));
  std::vector<uint32_t> values(count);
  const uint8_t* at = bytes.data();
  const uint8_t* const end = at + bytes.size();
  for (uint32_t& value : values) {
    if (at != end && *at < 0x80) {
      value = *at++;
    } else if ((at = ReadLong(at, end, value)) == nullptr) {
      return kBroken;
    }
  }
  BAYA_RETURN_IF_ERROR(reader.Raw(static_cast<size_t>(at - bytes.data())).status());
  return values;
}

}  // namespace baya::pack
