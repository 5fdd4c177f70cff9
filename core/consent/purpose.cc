#include "consent/purpose.h"

#include <array>
#include <utility>

#include "codec/decimal.h"

namespace baya::consent {
namespace {

constexpr std::array<std::pair<Purpose, std::string_view>, 6> kNames = {{
    {Purpose::kStore, "store"},
    {Purpose::kPersonalize, "personalize"},
    {Purpose::kMeasure, "measure"},
    {Purpose::kTrain, "train"},
    {Purpose::kSync, "sync"},
    {Purpose::kLocation, "location"},
}};
constexpr std::string_view kPartnerPrefix = "partner:";

constexpr Status kNoSuchPurpose = kError<StatusCode::kInvalidArgument, "there is no such purpose">;

// One to three digits without a leading zero, at most 255.
Result<Purpose> ParsePartner(std::string_view digits) {
  if (digits.empty() || digits.size() > 3) return kNoSuchPurpose;
  if (digits.size() > 1 && digits[0] == '0') return kNoSuchPurpose;
  unsigned number = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return kNoSuchPurpose;
    number = number * 10 + static_cast<unsigned>(digit - '0');
  }
  if (number > 255) return kNoSuchPurpose;
  return PartnerPurpose(static_cast<uint8_t>(number));
}

}  // namespace

std::string PurposeName(Purpose purpose) {
  for (const auto& [id, name] : kNames) {
    if (id == purpose) return std::string(name);
  }
  return std::string(kPartnerPrefix) + codec::DecimalText(static_cast<uint16_t>(purpose) & 0xff);
}

Result<Purpose> ParsePurpose(std::string_view name) {
  for (const auto& [id, known] : kNames) {
    if (known == name) return id;
  }
  if (!name.starts_with(kPartnerPrefix)) return kNoSuchPurpose;
  return ParsePartner(name.substr(kPartnerPrefix.size()));
}

Result<PurposeSet> PurposeSet::FromBits(uint8_t bits) {
  if ((bits & 1) != 0) return kNoSuchPurpose;
  PurposeSet set;
  set.bits_ = bits;
  return set;
}

}  // namespace baya::consent
