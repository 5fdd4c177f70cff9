#include "consent/refusal.h"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace baya::consent {
namespace {

constexpr std::string_view kRefused = R"({"version":1,"choice":"refused","date":")";
constexpr std::string_view kGranted = R"({"version":1,"choice":"granted","date":")";
constexpr std::string_view kErasing = R"({"version":1,"choice":"erasing","date":")";
constexpr std::string_view kAfter = R"("})";
constexpr size_t kDateBytes = 10;                 // YYYY-MM-DD
constexpr int64_t kLastMs = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z

constexpr Status kMalformed =
    kError<StatusCode::kInvalidArgument, "the record of the choice is malformed">;

std::string Digits(unsigned value, size_t width) {
  std::string digits(width, '0');
  for (size_t i = width; i-- > 0; value /= 10) digits[i] = static_cast<char>('0' + value % 10);
  return digits;
}

// -1 when a character is no digit.
int Number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return -1;
    value = value * 10 + (digit - '0');
  }
  return value;
}

bool IsDate(std::string_view text) {
  if (text[4] != '-' || text[7] != '-') return false;
  const int year = Number(text.substr(0, 4));
  const int month = Number(text.substr(5, 2));
  const int day = Number(text.substr(8, 2));
  if (year < 1970 || month < 0 || day < 0) return false;
  return std::chrono::year_month_day(std::chrono::year(year),
                                     std::chrono::month(static_cast<unsigned>(month)),
                                     std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

std::string Encode(std::string_view before, int64_t now_ms) {
  const int64_t clamped_ms = std::clamp<int64_t>(now_ms, 0, kLastMs);
  const std::chrono::sys_time<std::chrono::milliseconds> now{std::chrono::milliseconds(clamped_ms)};
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(now));
  std::string record(before);
  record += Digits(static_cast<unsigned>(static_cast<int>(date.year())), 4);
  record += '-';
  record += Digits(static_cast<unsigned>(date.month()), 2);
  record += '-';
  record += Digits(static_cast<unsigned>(date.day()), 2);
  record += kAfter;
  return record;
}

Status Check(std::string_view before, ByteView bytes) {
  const std::string_view text = AsText(bytes);
  if (text.size() != before.size() + kDateBytes + kAfter.size()) return kMalformed;
  if (!text.starts_with(before) || !text.ends_with(kAfter)) return kMalformed;
  return IsDate(text.substr(before.size(), kDateBytes)) ? OkStatus() : kMalformed;
}

}  // namespace

std::string EncodeRefusal(int64_t now_ms) { return Encode(kRefused, now_ms); }

Status CheckRefusal(ByteView bytes) { return Check(kRefused, bytes); }

std::string RefusalAfterErasing(ByteView bytes) {
  if (!Check(kErasing, bytes).ok()) return {};
  return std::string(kRefused).append(AsText(bytes.subspan(kErasing.size())));
}

std::string EncodeGrantMark(int64_t now_ms) { return Encode(kGranted, now_ms); }

Status CheckGrantMark(ByteView bytes) { return Check(kGranted, bytes); }

}  // namespace baya::consent
