#include "profile/money.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "profile/limits.h"

namespace baya::profile {
namespace {

// ISO 4217:2015 table A.1, the currencies whose minor unit is not 2.
constexpr std::array<std::string_view, 17> kNoMinorUnit = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                           "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                                           "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> kThreeDigits = {"BHD", "IQD", "JOD", "KWD",
                                                          "LYD", "OMR", "TND"};
constexpr std::array<std::string_view, 2> kFourDigits = {"CLF", "UYW"};

constexpr std::array<double, 5> kPowersOfTen = {1, 10, 100, 1'000, 10'000};

template <size_t N>
bool Lists(const std::array<std::string_view, N>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Beyond 18 digits a double could not tell amounts apart, and the limit is far below.
constexpr size_t kMaxAmountBytes = 19;

}  // namespace

bool IsCurrency(std::string_view code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

int CurrencyExponent(std::string_view currency) {
  if (Lists(kNoMinorUnit, currency)) return 0;
  if (Lists(kThreeDigits, currency)) return 3;
  if (Lists(kFourDigits, currency)) return 4;
  return 2;
}

std::optional<int64_t> MinorUnits(double amount, std::string_view currency) {
  if (!(amount >= 0)) return std::nullopt;  // NaN too
  const double scale = kPowersOfTen[static_cast<size_t>(CurrencyExponent(currency))];
  const double minor = std::floor(amount * scale + 0.5);
  if (!(minor <= static_cast<double>(kMaxMinorUnits))) return std::nullopt;
  return static_cast<int64_t>(minor);
}

std::optional<double> ParseAmount(std::string_view text) {
  if (text.empty() || text.size() > kMaxAmountBytes || !IsDigit(text.back())) return std::nullopt;
  double whole = 0;
  double scale = 1;
  bool after_point = false;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
    } else if (IsDigit(c)) {
      whole = whole * 10 + (c - '0');
      if (after_point) scale *= 10;
    } else {
      return std::nullopt;
    }
  }
  return whole / scale;
}

}  // namespace baya::profile
