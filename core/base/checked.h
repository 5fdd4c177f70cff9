// Size arithmetic that notices overflow.
#pragma once

#include <concepts>
#include <limits>
#include <optional>

namespace baya {

template <std::unsigned_integral T>
constexpr std::optional<T> CheckedAdd(T a, T b) {
  if (a > std::numeric_limits<T>::max() - b) return std::nullopt;
  return static_cast<T>(a + b);
}

template <std::unsigned_integral T>
constexpr std::optional<T> CheckedMultiply(T a, T b) {
  if (b != 0 && a > std::numeric_limits<T>::max() / b) return std::nullopt;
  return static_cast<T>(a * b);
}

}  // namespace baya
