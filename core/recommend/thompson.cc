#include "recommend/thompson.h"

#include <array>
#include <cstddef>

namespace baya::recommend {

uint64_t SplitMix64::Next() {
  uint64_t z = state_ += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

Beta Posterior(uint64_t taken, uint64_t left) {
  while (taken + left + 2 > kMaxBeta) {
    taken /= 2;
    left /= 2;
  }
  return {static_cast<uint32_t>(taken + 1), static_cast<uint32_t>(left + 1)};
}

uint64_t Sample(const Beta& beta, SplitMix64 random) {
  std::array<uint64_t, kMaxBeta> numbers;  // ascending
  const size_t count = beta.a + beta.b - 1;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t number = random.Next();
    size_t place = i;
    for (; place > 0 && numbers[place - 1] > number; --place) numbers[place] = numbers[place - 1];
    numbers[place] = number;
  }
  return numbers[beta.a - 1];
}

}  // namespace baya::recommend
