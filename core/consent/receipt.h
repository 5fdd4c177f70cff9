// A receipt for each act that changed what is consented to, chained to the one before.
//
// Bytes and meaning: core/docs/formats/consent.md §2. A receipt carries no authenticator of its
// own: it is kept as a record of the vault, whose AEAD authenticates it together with its place
// in the log, and a key for a second one would lie in the same vault. The chain shows that an
// exported list is whole and in order; it does not show who made it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "consent/policy.h"
#include "consent/purpose.h"
#include "consent/signal.h"

namespace baya::consent {

// Numbers are stored. A refusal of what was granted before is a withdrawal.
enum class ReceiptChoice : uint8_t { kGranted = 1, kRefused = 2, kWithdrawn = 3 };

struct ReceiptEntry {
  Purpose purpose;
  ReceiptChoice choice;
  TextHash text;  // zeros in a refusal or withdrawal

  friend bool operator==(const ReceiptEntry&, const ReceiptEntry&) = default;
};

using ReceiptHash = std::array<uint8_t, 32>;

struct Receipt {
  uint32_t sequence = 0;              // 0, 1, 2, ...
  int64_t time_ms = 0;                // since 1970; what the device's clock said
  Source source{};                    // the signal that changed
  ReceiptHash previous{};             // SHA-256 of the encoded receipt before; zeros in the first
  std::vector<ReceiptEntry> entries;  // at least one, ascending by purpose

  friend bool operator==(const Receipt&, const Receipt&) = default;
};

Result<Bytes> EncodeReceipt(const Receipt& receipt);

// kInvalidArgument for anything EncodeReceipt does not produce; kUnimplemented for a later version.
Result<Receipt> DecodeReceipt(ByteView bytes);

ReceiptHash HashReceipt(ByteView encoded);

// Whether `encoded` is one unbroken chain from its first receipt on: kDataLoss when a receipt is
// missing, changed or out of place.
Status VerifyReceiptChain(const std::vector<Bytes>& encoded);

}  // namespace baya::consent
