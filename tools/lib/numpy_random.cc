#include "lib/numpy_random.h"

#include <array>
#include <bit>
#include <numeric>

namespace baya::tools {
namespace {

using Uint128 = unsigned __int128;

constexpr Uint128 kMultiplier = (Uint128{0x2360ED051FC65DA4} << 64) | 0x4385DF649FCCF645;

// numpy's SeedSequence with one word of entropy and its pool of four words.
class SeedSequence {
 public:
  explicit SeedSequence(uint32_t entropy) {
    uint32_t constant = 0x43b0d7e5;
    const auto hash = [&constant](uint32_t value) {
      value ^= constant;
      constant *= 0x931e8875;
      value *= constant;
      return value ^ value >> 16;
    };
    for (size_t i = 0; i < pool_.size(); ++i) pool_[i] = hash(i == 0 ? entropy : 0);
    for (size_t from = 0; from < pool_.size(); ++from) {
      for (size_t to = 0; to < pool_.size(); ++to) {
        if (from == to) continue;
        const uint32_t mixed = pool_[to] * 0xca01f9ddu - hash(pool_[from]) * 0x4973f715u;
        pool_[to] = mixed ^ mixed >> 16;
      }
    }
  }

  std::array<uint64_t, 4> Generate() const {
    uint32_t constant = 0x8b51f9dd;
    std::array<uint64_t, 4> words{};
    for (size_t i = 0; i < 2 * words.size(); ++i) {
      uint32_t value = pool_[i % pool_.size()] ^ constant;
      constant *= 0x58f38ded;
      value *= constant;
      value ^= value >> 16;
      words[i / 2] |= static_cast<uint64_t>(value) << (i % 2 * 32);
    }
    return words;
  }

 private:
  std::array<uint32_t, 4> pool_{};
};

}  // namespace

NumpyRandom::NumpyRandom(uint32_t seed) {
  const std::array<uint64_t, 4> words = SeedSequence(seed).Generate();
  increment_ = ((Uint128{words[2]} << 64 | words[3]) << 1) | 1;
  state_ = increment_ + (Uint128{words[0]} << 64 | words[1]);
  state_ = state_ * kMultiplier + increment_;
}

uint64_t NumpyRandom::Next64() {
  state_ = state_ * kMultiplier + increment_;
  const auto folded = static_cast<uint64_t>(state_ >> 64) ^ static_cast<uint64_t>(state_);
  return std::rotr(folded, static_cast<int>(state_ >> 122));
}

uint32_t NumpyRandom::Next32() {
  if (has_half_) {
    has_half_ = false;
    return half_;
  }
  const uint64_t value = Next64();
  has_half_ = true;
  half_ = static_cast<uint32_t>(value >> 32);
  return static_cast<uint32_t>(value);
}

size_t NumpyRandom::Below(size_t max) {
  const uint32_t mask = UINT32_MAX >> std::countl_zero(static_cast<uint32_t>(max));
  uint32_t value;
  do {
    value = Next32() & mask;
  } while (value > max);
  return value;
}

std::vector<uint32_t> NumpyRandom::Permutation(uint32_t count) {
  std::vector<uint32_t> values(count);
  std::iota(values.begin(), values.end(), 0);
  Shuffle(values);
  return values;
}

}  // namespace baya::tools
