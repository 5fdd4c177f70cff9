#include "consent/consent.h"

#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "consent/limits.h"
#include "consent/refusal.h"
#include "consent/signal_global_privacy_control.h"

namespace baya::consent {
namespace {

const BannerChoice* FindChoice(std::span<const BannerChoice> choices, Purpose purpose) {
  for (const BannerChoice& choice : choices) {
    if (choice.purpose == purpose) return &choice;
  }
  return nullptr;
}

}  // namespace

Consent::Consent(Policy policy) : policy_(std::move(policy)) {
  // `store` comes first: what the others need is settled before them.
  StableSort(policy_.purposes, [](const DeclaredPurpose& a, const DeclaredPurpose& b) {
    return a.purpose < b.purpose;
  });
}

Result<Consent> Consent::Create(Policy policy) {
  BAYA_RETURN_IF_ERROR(ValidatePolicy(policy));
  return Consent(std::move(policy));
}

Status Consent::LoadRefusal(ByteView record) {
  BAYA_RETURN_IF_ERROR(CheckRefusal(record));
  banner_.RefuseTheRest();
  refusal_written_ = true;
  return OkStatus();
}

Status Consent::LoadReceipt(ByteView encoded) {
  if (receipts_.size() == kMaxReceipts) {
    return kError<StatusCode::kResourceExhausted, "there are too many consent receipts">;
  }
  BAYA_ASSIGN_OR_RETURN(const Receipt& receipt, DecodeReceipt(encoded));
  const ReceiptHash previous = receipts_.empty() ? ReceiptHash{} : HashReceipt(receipts_.back());
  if (receipt.sequence != receipts_.size() || receipt.previous != previous) {
    return kError<StatusCode::kDataLoss, "a consent receipt does not continue the chain">;
  }
  receipts_.push_back(ToBytes(encoded));
  receipts_handed_out_ = receipts_.size();
  for (const ReceiptEntry& entry : receipt.entries) ApplyEntry(entry, receipt);
  return OkStatus();
}

void Consent::ApplyEntry(const ReceiptEntry& entry, const Receipt& receipt) {
  Forget(entry.purpose);
  if (entry.choice == ReceiptChoice::kGranted) {
    records_.push_back({entry.purpose, entry.text, receipt.time_ms});
    // A text of the site's is shown on its banner; a consent platform shows its own.
    if (entry.text != TextHash{}) banner_.Set(entry.purpose, true);
    return;
  }
  banner_.Forget(entry.purpose);
  if (receipt.source != Source::kBanner) return;
  banner_.Set(entry.purpose, false);
  refused_on_record_.push_back(entry.purpose);
}

void Consent::Forget(Purpose purpose) {
  std::erase_if(records_, [purpose](const Record& record) { return record.purpose == purpose; });
  std::erase(refused_on_record_, purpose);
}

Result<Change> Consent::Choose(std::span<const BannerChoice> choices, int64_t now_ms) {
  BAYA_RETURN_IF_ERROR(CheckChoices(choices));
  for (const BannerChoice& choice : choices) {
    if (choice.purpose == Purpose::kStore && choice.granted) banner_.ForgetTheRest();
  }
  for (const BannerChoice& choice : choices) banner_.Set(choice.purpose, choice.granted);
  Result<Change> change = Settle(Source::kBanner, choices, now_ms);
  for (const BannerChoice& choice : choices) {
    const bool overridden = choice.granted && !IsRecorded(choice.purpose) &&
                            RuleDenied(FactsOf(choice.purpose, now_ms)).has_value();
    if (overridden) banner_.Forget(choice.purpose);
  }
  return change;
}

Status Consent::CheckChoices(std::span<const BannerChoice> choices) const {
  for (const BannerChoice& choice : choices) {
    const DeclaredPurpose* declared = FindDeclared(policy_, choice.purpose);
    if (declared == nullptr) {
      return kError<StatusCode::kInvalidArgument, "the site's plan does not declare this purpose">;
    }
    if (FindChoice(choices, choice.purpose) != &choice) {
      return kError<StatusCode::kInvalidArgument, "one choice for each purpose, please">;
    }
    if (!choice.granted) continue;
    if (!BannerMayGrant(choice.purpose)) {
      return kError<StatusCode::kInvalidArgument, "a banner cannot grant this purpose">;
    }
    if (choice.text != declared->text) {
      return kError<StatusCode::kFailedPrecondition, "the text shown is not the current one">;
    }
    if (ReceiptsFull()) {
      return kError<StatusCode::kResourceExhausted, "there is no room for more consent receipts">;
    }
  }
  return OkStatus();
}

Result<Change> Consent::HearGlobalPrivacyControl(bool asserted, int64_t now_ms) {
  global_privacy_control_ = asserted;
  return Settle(Source::kGlobalPrivacyControl, {}, now_ms);
}

Result<Change> Consent::HearConsentMode(ConsentMode::Command command,
                                        std::span<const ConsentModeValue> values, int64_t now_ms) {
  for (const ConsentModeValue& value : values) consent_mode_.Apply(command, value.key, value.value);
  return Settle(Source::kConsentMode, {}, now_ms);
}

Votes Consent::VotesOn(Purpose purpose) const {
  return {{
      {Source::kBanner, banner_.VoteOn(purpose)},
      {Source::kGlobalPrivacyControl, GlobalPrivacyControlVote(global_privacy_control_, purpose)},
      {Source::kConsentMode, consent_mode_.VoteOn(purpose)},
  }};
}

const Consent::Record* Consent::FindRecord(Purpose purpose) const {
  for (const Record& record : records_) {
    if (record.purpose == purpose) return &record;
  }
  return nullptr;
}

// Room is kept for a last withdrawal of each purpose: withdrawing never fails.
bool Consent::ReceiptsFull() const { return receipts_.size() + kMaxReceiptEntries >= kMaxReceipts; }

Facts Consent::FactsOf(Purpose purpose, int64_t now_ms) const {
  Facts facts{};
  facts.purpose = purpose;
  facts.votes = VotesOn(purpose);
  facts.store_recorded = IsRecorded(Purpose::kStore);
  facts.memory_only_session = policy_.memory_only_session;
  facts.paused = paused_;
  const DeclaredPurpose* declared = FindDeclared(policy_, purpose);
  facts.declared = declared != nullptr;
  if (declared != nullptr) facts.max_age_ms = declared->max_age_ms;
  if (const Record* record = FindRecord(purpose)) {
    facts.recorded = true;
    // A consent platform renews its own text and grant, and says so in every session.
    const bool by_platform = record->text == TextHash{};
    facts.age_ms = by_platform ? 0 : now_ms - record->since_ms;
    facts.text_is_current = by_platform || (declared != nullptr && record->text == declared->text);
  }
  return facts;
}

Decision Consent::Decide(Purpose purpose, int64_t now_ms) const {
  const Facts facts = FactsOf(purpose, now_ms);
  const Reason reason = WhyClosed(facts);
  return {reason, reason == Reason::kOpen && !facts.store_recorded};
}

bool Consent::ShouldAsk(int64_t now_ms) const {
  if (IsRecorded(Purpose::kStore)) {
    const Reason reason = Decide(Purpose::kStore, now_ms).reason;
    return reason == Reason::kTextChanged || reason == Reason::kExpired;
  }
  const Votes votes = VotesOn(Purpose::kStore);
  return std::none_of(votes.begin(), votes.end(),
                      [](const SourceVote& vote) { return vote.vote == Vote::kDeny; });
}

Result<Change> Consent::Settle(Source cause, std::span<const BannerChoice> act, int64_t now_ms) {
  Change change;
  const bool had_store = MayKeepData();
  std::vector<ReceiptEntry> entries = SettleWithdrawals(cause, now_ms);
  for (const ReceiptEntry& entry : entries) change.withdrawn.push_back(entry.purpose);
  if (had_store && !MayKeepData()) {
    // The receipts go with the vault; a later grant starts a new chain in a new one.
    receipts_.clear();
    receipts_handed_out_ = 0;
    refused_on_record_.clear();
    SettleRefusal(change, now_ms);
    return change;
  }
  for (const DeclaredPurpose& declared : policy_.purposes) {
    const bool withdrawn =
        std::count(change.withdrawn.begin(), change.withdrawn.end(), declared.purpose) > 0;
    if (!withdrawn) SettleChoice(declared, act, now_ms, entries);
  }
  for (const ReceiptEntry& entry : entries) {
    if (entry.choice == ReceiptChoice::kGranted) change.granted.push_back(entry.purpose);
  }
  if (!entries.empty()) BAYA_RETURN_IF_ERROR(AppendReceipt(cause, std::move(entries), now_ms));
  HandOutReceipts(change);
  SettleRefusal(change, now_ms);
  return change;
}

std::vector<ReceiptEntry> Consent::SettleWithdrawals(Source cause, int64_t now_ms) {
  std::vector<Purpose> recorded;
  for (const Record& record : records_) recorded.push_back(record.purpose);
  StableSort(recorded);  // `store` first
  const bool had_store = MayKeepData();
  std::vector<ReceiptEntry> entries;
  for (const Purpose purpose : recorded) {
    const bool store_gone = had_store && !MayKeepData();
    if (!store_gone && !RuleDenied(FactsOf(purpose, now_ms))) continue;
    Forget(purpose);
    // Whoever withdraws, the banner's earlier grant does not come back by itself.
    if (!banner_.HasRefused(purpose)) banner_.Forget(purpose);
    if (cause == Source::kBanner) refused_on_record_.push_back(purpose);
    entries.push_back({purpose, ReceiptChoice::kWithdrawn, {}});
  }
  return entries;
}

void Consent::SettleChoice(const DeclaredPurpose& declared, std::span<const BannerChoice> act,
                           int64_t now_ms, std::vector<ReceiptEntry>& entries) {
  if (ReceiptsFull()) return;
  const Purpose purpose = declared.purpose;
  const Facts facts = FactsOf(purpose, now_ms);
  if (!WhyNotGranted(facts)) {
    const BannerChoice* chosen = FindChoice(act, purpose);
    const bool renewed = chosen != nullptr && chosen->granted;
    if (facts.recorded && !renewed) return;
    const bool by_banner = banner_.VoteOn(purpose) == Vote::kGrant;
    const TextHash text = by_banner ? declared.text : TextHash{};
    Forget(purpose);
    records_.push_back({purpose, text, now_ms});
    entries.push_back({purpose, ReceiptChoice::kGranted, text});
    return;
  }
  // A refusal beside a profile goes on record too, so that it outlasts the session.
  const bool on_record = std::count(refused_on_record_.begin(), refused_on_record_.end(), purpose);
  if (!banner_.HasRefused(purpose) || !facts.store_recorded || on_record) return;
  refused_on_record_.push_back(purpose);
  entries.push_back({purpose, ReceiptChoice::kRefused, {}});
}

void Consent::HandOutReceipts(Change& change) {
  if (!MayKeepData()) return;
  const auto first = receipts_.begin() + static_cast<std::ptrdiff_t>(receipts_handed_out_);
  change.receipts.assign(first, receipts_.end());
  receipts_handed_out_ = receipts_.size();
}

void Consent::SettleRefusal(Change& change, int64_t now_ms) {
  if (IsRecorded(Purpose::kStore)) {
    change.remove_refusal = std::exchange(refusal_written_, false);
    return;
  }
  if (refusal_written_ || !banner_.HasRefused(Purpose::kStore)) return;
  change.write_refusal = EncodeRefusal(now_ms);
  refusal_written_ = true;
}

Status Consent::AppendReceipt(Source cause, std::vector<ReceiptEntry> entries, int64_t now_ms) {
  Receipt receipt;
  receipt.sequence = static_cast<uint32_t>(receipts_.size());
  receipt.time_ms = std::max<int64_t>(now_ms, 0);
  receipt.source = cause;
  StableSort(entries,
             [](const ReceiptEntry& a, const ReceiptEntry& b) { return a.purpose < b.purpose; });
  if (!receipts_.empty()) receipt.previous = HashReceipt(receipts_.back());
  receipt.entries = std::move(entries);
  BAYA_ASSIGN_OR_RETURN(auto&& encoded, EncodeReceipt(receipt));
  receipts_.push_back(std::move(encoded));
  return OkStatus();
}

}  // namespace baya::consent
