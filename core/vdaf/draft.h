// The one place that pins the document this room implements.
#pragma once

#include <cstdint>
#include <string_view>

namespace baya::vdaf {

// Drafts 18, 19 and 20 share one wire format; section numbers in this room are those of 20.
inline constexpr std::string_view kDraft = "draft-irtf-cfrg-vdaf-20";

// VERSION, the first byte of every domain separation tag (§6.2.3).
inline constexpr uint8_t kVersion = 18;

}  // namespace baya::vdaf
