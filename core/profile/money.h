// Amounts of money in minor units.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace baya::profile {

// Three capital letters; whether ISO 4217 lists them is not looked at.
bool IsCurrency(std::string_view code);

// Digits after the decimal point: ISO 4217's minor unit, 2 for a code that is not listed.
int CurrencyExponent(std::string_view currency);

// `amount` in minor units of `currency`, to the nearest, halves up; nothing when it is negative,
// not finite or above kMaxMinorUnits. 18.99 USD is 1899, 1800 JPY is 1800.
std::optional<int64_t> MinorUnits(double amount, std::string_view currency);

// The same from decimal text: digits with at most one point between or before them.
std::optional<double> ParseAmount(std::string_view text);

}  // namespace baya::profile
