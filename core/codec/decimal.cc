#include "codec/decimal.h"

#include <cstddef>

namespace baya::codec {

std::string DecimalText(int64_t value) {
  constexpr size_t kLongest = 20;  // "-9223372036854775808"
  char digits[kLongest];
  size_t first = kLongest;
  // The size of INT64_MIN does not fit an int64_t.
  uint64_t rest = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  do {
    digits[--first] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (value < 0) digits[--first] = '-';
  return std::string(digits + first, kLongest - first);
}

}  // namespace baya::codec
