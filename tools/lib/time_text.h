// Times as logs write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace baya::tools {

inline constexpr int64_t kDayMs = int64_t{24} * 60 * 60 * 1000;

// Milliseconds since 1970 (UTC) of "2011-10-31", "2011-10-31T12:34[:56]", with a space for the T
// and an optional Z or fraction of a second, "10/31/2011 12:34" (month first), or a number of
// seconds or, from 10^11 on, milliseconds since 1970. nullopt for anything else.
std::optional<int64_t> ParseTimeMs(std::string_view text);

// "2011-10-31" for a time on that day.
std::string DateText(int64_t time_ms);

}  // namespace baya::tools
