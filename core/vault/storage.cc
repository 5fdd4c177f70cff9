#include "vault/storage.h"

#include <algorithm>

namespace baya::vault {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr size_t kDigits = 16;

}  // namespace

bool Meets(const Expectation& expectation, const Bytes* blob) {
  return std::any_of(expectation.any_of.begin(), expectation.any_of.end(),
                     [blob](const std::optional<Bytes>& prefix) {
                       if (!prefix || blob == nullptr) return !prefix && blob == nullptr;
                       return blob->size() >= prefix->size() &&
                              std::equal(prefix->begin(), prefix->end(), blob->begin());
                     });
}

std::string ChunkName(uint64_t id) {
  std::string name(1 + kDigits, 'c');
  for (size_t i = 0; i < kDigits; ++i) {
    name[kDigits - i] = kHexDigits[id & 0xf];
    id >>= 4;
  }
  return name;
}

std::optional<uint64_t> ParseChunkName(std::string_view name) {
  if (name.size() != 1 + kDigits || name[0] != 'c') return std::nullopt;
  uint64_t id = 0;
  for (const char c : name.substr(1)) {
    const size_t digit = kHexDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    id = id << 4 | digit;
  }
  return id;
}

}  // namespace baya::vault
