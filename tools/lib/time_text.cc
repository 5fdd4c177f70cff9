#include "lib/time_text.h"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace baya::tools {
namespace {

constexpr int64_t kSecondMs = 1000;

// The unsigned number at the front of `text`, which loses it. At most `digits` digits.
std::optional<int64_t> TakeNumber(std::string_view& text, size_t digits) {
  size_t size = 0;
  while (size < text.size() && size < digits && text[size] >= '0' && text[size] <= '9') ++size;
  if (size == 0) return std::nullopt;
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + size, value);
  text.remove_prefix(size);
  return value;
}

bool Take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<int64_t> DayMs(int64_t year, int64_t month, int64_t day) {
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count() * kDayMs;
}

// "12:34", "12:34:56", "12:34:56.789", each with or without Z.
std::optional<int64_t> ClockMs(std::string_view text) {
  const auto hour = TakeNumber(text, 2);
  if (!hour || *hour > 23 || !Take(text, ':')) return std::nullopt;
  const auto minute = TakeNumber(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int64_t second = 0;
  if (Take(text, ':')) {
    const auto taken = TakeNumber(text, 2);
    if (!taken || *taken > 60) return std::nullopt;
    second = *taken;
    if (Take(text, '.') && !TakeNumber(text, 9)) return std::nullopt;
  }
  Take(text, 'Z');
  if (!text.empty()) return std::nullopt;
  return ((*hour * 60 + *minute) * 60 + second) * kSecondMs;
}

std::optional<int64_t> WithClock(std::optional<int64_t> day_ms, std::string_view rest) {
  if (!day_ms || rest.empty()) return day_ms;
  if (!Take(rest, 'T') && !Take(rest, ' ')) return std::nullopt;
  const auto clock_ms = ClockMs(rest);
  if (!clock_ms) return std::nullopt;
  return *day_ms + *clock_ms;
}

}  // namespace

std::optional<int64_t> ParseTimeMs(std::string_view text) {
  const auto first = TakeNumber(text, 15);
  if (!first) return std::nullopt;
  if (text.empty()) return *first >= 100'000'000'000 ? *first : *first * kSecondMs;
  const bool american = text.front() == '/';
  if (!Take(text, american ? '/' : '-')) return std::nullopt;
  const auto second = TakeNumber(text, 2);
  if (!second || !Take(text, american ? '/' : '-')) return std::nullopt;
  const auto third = TakeNumber(text, american ? 4 : 2);
  if (!third) return std::nullopt;
  return WithClock(american ? DayMs(*third, *first, *second) : DayMs(*first, *second, *third),
                   text);
}

std::string DateText(int64_t time_ms) {
  const std::chrono::sys_days day{std::chrono::days(time_ms / kDayMs - (time_ms % kDayMs < 0))};
  const std::chrono::year_month_day date{day};
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

}  // namespace baya::tools
