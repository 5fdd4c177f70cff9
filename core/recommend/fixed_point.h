// Logarithm and decay in integers, the same to the bit on every machine.
//
// "Q10" is a number in units of 2^-10.
#pragma once

#include <cstdint>

namespace baya::recommend {

inline constexpr int32_t kOneQ10 = 1 << 10;

// log2(x) in Q10 for x >= 1 in Q10, 0 for smaller x; monotone, at most 0.087 too small.
//
// Source: Mitchell, "Computer Multiplication and Division Using Binary Logarithms", IRE Trans.
// EC-11, 1962: between two powers of two the logarithm is replaced by its chord.
int32_t Log2Q10(int64_t x_q10);

// 2^(-age / half_life) in Q10, rounded; 1 when `half_life_days` is 0 or the age not positive.
int32_t DecayQ10(int64_t age_days, uint16_t half_life_days);

}  // namespace baya::recommend
