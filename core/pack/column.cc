#include "pack/column.h"

#include "pack/limits.h"

namespace baya::pack {

Result<uint32_t> ReadItemCount(codec::Reader& reader) {
  BAYA_ASSIGN_OR_RETURN(const uint32_t count, reader.U32());
  if (count > kMaxItems) {
    return kError<StatusCode::kResourceExhausted, "the site pack has too many items">;
  }
  return count;
}

Result<std::vector<uint16_t>> ReadColumn16(codec::Reader& reader, size_t count) {
  BAYA_ASSIGN_OR_RETURN(const ByteView low, reader.Raw(count));
  BAYA_ASSIGN_OR_RETURN(const ByteView high, reader.Raw(count));
  std::vector<uint16_t> values(count);
  for (size_t i = 0; i < count; ++i) values[i] = static_cast<uint16_t>(low[i] | high[i] << 8);
  return values;
}

Result<TextColumn> ReadTexts(codec::Reader& reader, const std::vector<uint32_t>& lengths,
                             size_t shortest, size_t longest) {
  TextColumn texts;
  texts.begins.reserve(lengths.size() + 1);
  uint32_t end = 0;
  for (const uint32_t length : lengths) {
    if (length < shortest || length > longest) {
      return kError<StatusCode::kInvalidArgument, "a text in the site pack has a wrong length">;
    }
    texts.begins.push_back(end);
    end += length;  // at most kMaxItems * kMaxTitleBytes = 2^29
  }
  texts.begins.push_back(end);
  BAYA_ASSIGN_OR_RETURN(texts.bytes, reader.Raw(end));
  return texts;
}

}  // namespace baya::pack
