// Sizes past which a site pack is refused, before anything is allocated for it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace baya::pack {

// 100,000 items come to about 3 MB; this leaves room for titles in any script.
inline constexpr size_t kMaxPackBytes = 64u << 20;

// Half a dozen types are known; unknown ones are carried for newer readers.
inline constexpr size_t kMaxSections = 16;

// Ten times the largest catalogue that the model is meant for.
inline constexpr uint32_t kMaxItems = 1u << 20;

inline constexpr size_t kMaxSiteIdBytes = 64;
inline constexpr size_t kMaxItemIdBytes = 64;
inline constexpr size_t kMaxTitleBytes = 512;
inline constexpr size_t kMaxAttributeNameBytes = 255;

// An attribute id is 16 bits wide.
inline constexpr uint32_t kMaxAttributes = 65535;
inline constexpr uint32_t kMaxAttributesPerItem = 32;

// Fitted decays are exp(-age / 2) or steeper: the eleventh last item would count exp(-5), below one
// part in a hundred of the last. Ten sources of at most 127 * 65535 each stay below 2^27.
inline constexpr uint32_t kMaxSessionItems = 10;

// 64 sources of at most 127 * 1024 each stay below 2^31 (recommend/score.h counts on it).
inline constexpr uint32_t kMaxSourcesPerItem = 64;

}  // namespace baya::pack
