#include "recommend/fixed_point.h"

#include <array>
#include <bit>
#include <cstddef>

namespace baya::recommend {
namespace {

constexpr int kSteps = 256;  // of one halving

// 2^(-1/256) = 0.99729605608547012626 in Q62.
constexpr uint64_t kStepQ62 = 4599216278082138665u;

// 2^(-i/256) in Q30. Each of the 256 products truncates less than 2^-62: exact in Q30.
constexpr std::array<uint32_t, kSteps> MakeHalvings() {
  std::array<uint32_t, kSteps> table{};
  uint64_t value_q62 = uint64_t{1} << 62;
  for (uint32_t& entry : table) {
    entry = static_cast<uint32_t>(value_q62 >> 32);
    value_q62 = static_cast<uint64_t>((static_cast<unsigned __int128>(value_q62) * kStepQ62) >> 62);
  }
  return table;
}

constexpr std::array<uint32_t, kSteps> kHalvingsQ30 = MakeHalvings();

}  // namespace

int32_t Log2Q10(int64_t x_q10) {
  if (x_q10 <= kOneQ10) return 0;
  const auto x = static_cast<uint64_t>(x_q10);
  const int exponent = 63 - std::countl_zero(x);  // at least 10
  const uint64_t mantissa_q10 = (x >> (exponent - 10)) & (kOneQ10 - 1);
  return (exponent - 10) * kOneQ10 + static_cast<int32_t>(mantissa_q10);
}

int32_t DecayQ10(int64_t age_days, uint16_t half_life_days) {
  if (half_life_days == 0 || age_days <= 0) return kOneQ10;
  const int64_t halvings = age_days / half_life_days;
  if (halvings > 10) return 0;  // below half a unit of Q10
  const int64_t step = age_days % half_life_days * kSteps / half_life_days;
  const uint32_t value_q30 = kHalvingsQ30[static_cast<size_t>(step)] >> halvings;
  return static_cast<int32_t>((value_q30 + (1u << 19)) >> 20);
}

}  // namespace baya::recommend
