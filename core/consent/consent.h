// What the person has consented to, from every signal heard, and what each change of it brings
// about. Holds no personal data.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/status.h"
#include "consent/policy.h"
#include "consent/purpose.h"
#include "consent/receipt.h"
#include "consent/rules.h"
#include "consent/signal.h"
#include "consent/signal_banner.h"
#include "consent/signal_consent_mode.h"

namespace baya::consent {

struct Decision {
  Reason reason;     // kOpen, or what closes it
  bool memory_only;  // open, and nothing may be kept
  bool open() const { return reason == Reason::kOpen; }
};

// What the caller has to carry out, all of it, before it answers.
struct Change {
  // Append to the vault under `store`, in this order.
  std::vector<Bytes> receipts;
  // Ascending.
  std::vector<Purpose> granted;
  // Ascending. Destroy their keys and empty what they queued, now. With `store` among them the
  // whole vault goes, and every purpose that was granted is listed.
  std::vector<Purpose> withdrawn;
  // Keep this outside the vault: the refusal record.
  std::optional<std::string> write_refusal;
  bool remove_refusal = false;
};

struct ConsentModeValue {
  std::string_view key;
  std::string_view value;
};

class Consent {
 public:
  // Errors: those of ValidatePolicy.
  static Result<Consent> Create(Policy policy);

  // What earlier sessions left, before any signal is heard: the refusal record, or the receipts of
  // the vault from the first to the last. kDataLoss when a receipt does not continue the chain,
  // kResourceExhausted past kMaxReceipts; state is then as it was before the call.
  Status LoadRefusal(ByteView record);
  Status LoadReceipt(ByteView encoded);

  // The signals, each as often as it speaks. `now_ms` is the host's clock.

  // One act of the person: everything chosen on one press of a button. kInvalidArgument for a
  // purpose that is undeclared, named twice or beyond the banner; kFailedPrecondition for a grant
  // to a text that is not the current one; kResourceExhausted when no more receipts fit. Nothing
  // changes then. A grant that a more protective signal overrides is not remembered.
  Result<Change> Choose(std::span<const BannerChoice> choices, int64_t now_ms);
  Result<Change> HearGlobalPrivacyControl(bool asserted, int64_t now_ms);
  Result<Change> HearConsentMode(ConsentMode::Command command,
                                 std::span<const ConsentModeValue> values, int64_t now_ms);

  // Stops every use but the person's own rights. The caller keeps the flag over restarts.
  void SetPaused(bool paused) { paused_ = paused; }

  Decision Decide(Purpose purpose, int64_t now_ms) const;

  // The banner may be shown: a choice about `store` has been neither made nor heard, or the grant
  // rests because its text has changed or its time is up.
  bool ShouldAsk(int64_t now_ms) const;

  // A grant is on record, so personal data may be held.
  bool MayHoldData() const { return !records_.empty(); }
  // And beyond the session.
  bool MayKeepData() const { return IsRecorded(Purpose::kStore); }

  // Encoded, from the first. Empty when nothing was ever granted.
  const std::vector<Bytes>& receipts() const { return receipts_; }

 private:
  struct Record {
    Purpose purpose;
    TextHash text;
    int64_t since_ms;
  };

  explicit Consent(Policy policy);

  Votes VotesOn(Purpose purpose) const;
  Facts FactsOf(Purpose purpose, int64_t now_ms) const;
  const Record* FindRecord(Purpose purpose) const;
  bool IsRecorded(Purpose purpose) const { return FindRecord(purpose) != nullptr; }
  bool ReceiptsFull() const;

  Status CheckChoices(std::span<const BannerChoice> choices) const;
  // Brings the records in line with the signals and writes the receipt. `act` holds what the
  // person chose just now, and is empty when another source spoke.
  Result<Change> Settle(Source cause, std::span<const BannerChoice> act, int64_t now_ms);
  std::vector<ReceiptEntry> SettleWithdrawals(Source cause, int64_t now_ms);
  void SettleChoice(const DeclaredPurpose& declared, std::span<const BannerChoice> act,
                    int64_t now_ms, std::vector<ReceiptEntry>& entries);
  void HandOutReceipts(Change& change);
  void SettleRefusal(Change& change, int64_t now_ms);
  Status AppendReceipt(Source cause, std::vector<ReceiptEntry> entries, int64_t now_ms);
  void Forget(Purpose purpose);
  void ApplyEntry(const ReceiptEntry& entry, const Receipt& receipt);

  Policy policy_;
  BannerMemory banner_;
  bool global_privacy_control_ = false;
  ConsentMode consent_mode_;
  bool paused_ = false;
  bool refusal_written_ = false;
  std::vector<Record> records_;
  std::vector<Purpose> refused_on_record_;
  std::vector<Bytes> receipts_;
  size_t receipts_handed_out_ = 0;  // to the vault
};

}  // namespace baya::consent
