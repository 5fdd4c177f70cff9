#include "consent/access_log.h"
#include "consent/purpose.h"
#include "consent/receipt.h"
#include "consent/refusal.h"
#include "fuzz_target.h"

namespace baya::fuzz {
namespace {

using namespace baya::consent;  // NOLINT(google-build-using-namespace)

constexpr int64_t kNowMs = 1'795'354'620'000;

bool FuzzReceipt(ByteView input) {
  return IsEncodedAgain(
      DecodeReceipt(input), [](const Receipt& receipt) { return EncodeReceipt(receipt); }, input);
}

std::vector<Bytes> ReceiptSeeds() {
  Receipt first;
  first.time_ms = kNowMs;
  first.source = Source::kBanner;
  first.entries = {{Purpose::kStore, ReceiptChoice::kGranted, {1}},
                   {Purpose::kMeasure, ReceiptChoice::kRefused, {}}};
  const Bytes encoded = EncodeReceipt(first).value();
  Receipt second = first;
  second.sequence = 1;
  second.previous = HashReceipt(encoded);
  second.entries = {{Purpose::kStore, ReceiptChoice::kWithdrawn, {}}};
  return {encoded, EncodeReceipt(second).value()};
}

// What is loaded is written again, and loading that gives the same once more.
bool FuzzAccessLog(ByteView input) {
  AccessLog log;
  if (!log.Load(input).ok()) return false;
  const Bytes all = log.EncodeAll().value();
  AccessLog again;
  Check(again.Load(all).ok() && again.EncodeAll().value() == all);
  return true;
}

std::vector<Bytes> AccessLogSeeds() {
  AccessLog log;
  log.Count("page", Purpose::kStore, Operation::kIngest, kNowMs, true);
  log.Count("shelf:home", Purpose::kPersonalize, Operation::kRank, kNowMs, false);
  return {log.EncodeAll().value()};
}

bool FuzzChoiceRecord(ByteView input) {
  const bool refusal = CheckRefusal(input).ok();
  const bool grant = CheckGrantMark(input).ok();
  Check(!refusal || !grant);
  return refusal || grant;
}

std::vector<Bytes> ChoiceRecordSeeds() {
  return {ToBytes(AsBytes(EncodeRefusal(kNowMs))), ToBytes(AsBytes(EncodeGrantMark(kNowMs)))};
}

bool FuzzPurpose(ByteView input) {
  const Result<Purpose> purpose = ParsePurpose(AsText(input));
  if (!purpose.ok()) return false;
  Check(PurposeName(*purpose) == AsText(input));
  return true;
}

std::vector<Bytes> PurposeSeeds() {
  return {ToBytes(AsBytes("store")), ToBytes(AsBytes("personalize")),
          ToBytes(AsBytes("partner:7"))};
}

}  // namespace

std::vector<Target> ConsentTargets() {
  return {{"consent_receipt", FuzzReceipt, ReceiptSeeds},
          {"consent_access_log", FuzzAccessLog, AccessLogSeeds},
          {"consent_choice_record", FuzzChoiceRecord, ChoiceRecordSeeds},
          {"consent_purpose", FuzzPurpose, PurposeSeeds}};
}

}  // namespace baya::fuzz
