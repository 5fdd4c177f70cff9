// What personal data may be used for, each consented to by itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace baya::consent {

// The numbers are stored and never reused. A partner has the number its site pack gives it, so
// partner n is 0x100 + n.
enum class Purpose : uint16_t {
  kStore = 1,        // keep an encrypted profile on this device
  kPersonalize = 2,  // rank, segment and decide with it
  kMeasure = 3,      // send aggregate measurements
  kTrain = 4,        // contribute to private model aggregates
  kSync = 5,         // keep ciphertext backups on a server
  kLocation = 6,     // use coordinates in a decision
};

constexpr Purpose PartnerPurpose(uint8_t number) { return static_cast<Purpose>(0x100 + number); }

constexpr bool IsPartner(Purpose purpose) {
  return static_cast<uint16_t>(purpose) >= 0x100 && static_cast<uint16_t>(purpose) <= 0x1ff;
}

constexpr bool IsPurpose(Purpose purpose) {
  return (purpose >= Purpose::kStore && purpose <= Purpose::kLocation) || IsPartner(purpose);
}

// What lives in memory alone can serve these; the others need a record that lasts: a ledger, a
// queue, a count of questions asked.
constexpr bool WorksWithoutStore(Purpose purpose) {
  return purpose == Purpose::kPersonalize || purpose == Purpose::kLocation;
}

// "store", "personalize", ..., "partner:7". REQUIRES: IsPurpose(purpose).
std::string PurposeName(Purpose purpose);

// The inverse. kInvalidArgument for any other text.
Result<Purpose> ParsePurpose(std::string_view name);

// A set of purposes in which all partners count as one.
class PurposeSet {
 public:
  constexpr PurposeSet() = default;
  template <typename... P>
  static constexpr PurposeSet Of(P... purposes) {
    PurposeSet set;
    (set.Add(purposes), ...);
    return set;
  }
  // kInvalidArgument when `bits` names a purpose that does not exist.
  static Result<PurposeSet> FromBits(uint8_t bits);

  constexpr void Add(Purpose purpose) { bits_ = static_cast<uint8_t>(bits_ | Bit(purpose)); }
  constexpr bool Has(Purpose purpose) const { return (bits_ & Bit(purpose)) != 0; }
  // Bit n is purpose n; bit 7 is every partner.
  constexpr uint8_t bits() const { return bits_; }

  friend constexpr bool operator==(PurposeSet a, PurposeSet b) { return a.bits_ == b.bits_; }

 private:
  static constexpr uint8_t Bit(Purpose purpose) {
    return static_cast<uint8_t>(1u << (IsPartner(purpose) ? 7u : static_cast<unsigned>(purpose)));
  }

  uint8_t bits_ = 0;
};

}  // namespace baya::consent
