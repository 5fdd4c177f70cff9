#include "http/message.h"

#include <algorithm>
#include <cctype>

namespace baya::tools::http {

bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

std::string_view FindHeader(const Headers& headers, std::string_view name) {
  for (const auto& [one, value] : headers) {
    if (SameName(one, name)) return value;
  }
  return {};
}

}  // namespace baya::tools::http
