#include "train/row_values.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

namespace baya::tools {
namespace {

char Lower(char letter) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
}

}  // namespace

std::optional<double> ParseNumber(std::string_view text) {
  const std::string copy(Trim(text));
  if (copy.empty()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (end != copy.c_str() + copy.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<uint32_t> ParsePriceMinor(std::string_view text) {
  const auto value = ParseNumber(text);
  if (!value || *value < 0 || *value > 40e6) return std::nullopt;
  return static_cast<uint32_t>(std::lround(*value * 100));
}

std::optional<bool> ParseYesNo(std::string_view text) {
  std::string word(Trim(text));
  std::transform(word.begin(), word.end(), word.begin(), Lower);
  if (word == "yes" || word == "true" || word == "1") return true;
  if (word == "no" || word == "false" || word == "0") return false;
  return std::nullopt;
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find('|'), text.size());
    const std::string_view part = Trim(text.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string SentenceCase(std::string_view text) {
  std::string result(text);
  const auto small = [](char letter) { return letter >= 'a' && letter <= 'z'; };
  if (std::any_of(result.begin(), result.end(), small)) return result;
  bool first = true;
  for (char& letter : result) {
    if (letter < 'A' || letter > 'Z') continue;
    if (!first) letter = Lower(letter);
    first = false;
  }
  return result;
}

std::string_view CutText(std::string_view text, size_t limit) {
  if (text.size() <= limit) return text;
  // 10xxxxxx continues a character (RFC 3629 §3).
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

}  // namespace baya::tools
