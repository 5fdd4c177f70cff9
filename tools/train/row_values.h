// Values of single CSV fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baya::tools {

std::optional<double> ParseNumber(std::string_view text);

// "2.55" as 255. nullopt for what is no price between 0 and 40 million.
std::optional<uint32_t> ParsePriceMinor(std::string_view text);

// "yes", "true" or "1"; "no", "false" or "0"; any case.
std::optional<bool> ParseYesNo(std::string_view text);

// The trimmed parts between "|", without the empty ones.
std::vector<std::string> SplitList(std::string_view text);

std::string_view Trim(std::string_view text);

// "WHITE METAL LANTERN" as "White metal lantern"; text with a small letter stays as it is.
std::string SentenceCase(std::string_view text);

// At most `limit` bytes, cut before a whole character.
std::string_view CutText(std::string_view text, size_t limit);

}  // namespace baya::tools
