// Sections are stored by column: all first bytes, then all second bytes, which is what a general
// compressor on the wire gains most from (core/docs/formats/pack.md §3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "codec/tls.h"

namespace baya::pack {

// The number of items a section is about: uint32, at most kMaxItems.
Result<uint32_t> ReadItemCount(codec::Reader& reader);

// `count` 16-bit numbers: the low bytes of all, then the high bytes of all.
Result<std::vector<uint16_t>> ReadColumn16(codec::Reader& reader, size_t count);

// Texts whose lengths came before: [count + 1] ends, and the bytes they cut. Borrowed.
struct TextColumn {
  std::vector<uint32_t> begins;  // [count + 1]; text i is bytes[begins[i], begins[i + 1])
  ByteView bytes;

  std::string_view operator[](size_t i) const {
    return AsText(bytes.subspan(begins[i], begins[i + 1] - begins[i]));
  }
};

// Errors: kInvalidArgument (a length outside [shortest, longest], or fewer bytes than lengths).
Result<TextColumn> ReadTexts(codec::Reader& reader, const std::vector<uint32_t>& lengths,
                             size_t shortest, size_t longest);

}  // namespace baya::pack
