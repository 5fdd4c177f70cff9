#include "vault/testing/crash_model.h"

#include <algorithm>

#include "base/testing/status_matchers.h"
#include "vault/key_table.h"

namespace baya::vault::testing {
namespace {

constexpr const char* kPurposes[] = {"store", "personalize", "measure"};
constexpr uint8_t kSnapshotKind = 1;
constexpr int64_t kWeekMs = 7 * 86'400'000LL;
constexpr int kBurst = 9;  // one more than are merged at a time

// What a script is made of. kSettle stands for what is no operation of the vault: a flush, a week
// that passes, a reopening.
constexpr std::pair<Operation, size_t> kDeck[] = {
    {Operation::kAppend, 14},      {Operation::kSnapshot, 3},       {Operation::kMerge, 1},
    {Operation::kRewrap, 1},       {Operation::kRekey, 1},          {Operation::kEraseRecords, 2},
    {Operation::kDestroyWeeks, 2}, {Operation::kDestroyPurpose, 1}, {Operation::kSettle, 12},
};

SecretBytes SecretOf(uint8_t value) { return SecretBytes::CopyOf(Bytes(kKeyBytes, value)); }

size_t DrawFrom(baya::testing::TestHost& random, size_t below) {
  uint8_t bytes[3];
  random.FillRandom(bytes);
  size_t value = 0;
  for (const uint8_t byte : bytes) value = value << 8 | byte;
  return value % below;
}

}  // namespace

std::string_view NameOf(Operation operation) {
  constexpr std::string_view kNames[] = {
      "settle", "append",        "snapshot",      "merge",           "rewrap",   "rotate",
      "rekey",  "erase records", "destroy weeks", "destroy purpose", "erase all"};
  return kNames[static_cast<size_t>(operation)];
}

CrashModel::CrashModel(uint64_t seed, const std::optional<CrashPoint>& point)
    : random_(seed), faults_(seed + 2), host_(seed + 1), point_(point) {
  if (!point) return;
  // Another second fault for each point.
  faults_ = baya::testing::TestHost(seed + 31 * point->batch + 7 * point->fault.step +
                                    static_cast<uint64_t>(point->fault.kind));
  second_at_ = point->batch + 1 + DrawFrom(faults_, 8);
}

size_t CrashModel::Draw(size_t below) { return DrawFrom(random_, below); }

bool CrashModel::Start() {
  secrets_ = {{1, next_secret_++}};
  Result<Vault> vault = Vault::Create(host_, SecretOf(secrets_[0].value));
  EXPECT_THAT(vault, baya::testing::IsOk());
  if (!vault.ok()) return false;
  vault_.emplace(std::move(*vault));
  return true;
}

void CrashModel::Run() {
  std::vector<Operation> deck;
  for (const auto& [operation, count] : kDeck)
    deck.insert(deck.end(), static_cast<size_t>(count), operation);
  for (size_t i = deck.size() - 1; i > 0; --i) std::swap(deck[i], deck[Draw(i + 1)]);
  if (!Start()) return;
  for (const Operation operation : deck) {
    if (::testing::Test::HasFatalFailure()) return;
    Step(operation);
  }
  Flush();
  if (!::testing::Test::HasFatalFailure()) Reopen();
  if (!::testing::Test::HasFatalFailure()) LookForErased();
  if (!::testing::Test::HasFatalFailure()) EraseAll();
}

void CrashModel::Step(Operation operation) {
  switch (operation) {
    case Operation::kAppend:
      return Append(kPurposes[Draw(3)]);
    case Operation::kMerge:
      return Burst();
    case Operation::kSnapshot:
      return PutSnapshot();
    case Operation::kRewrap:
      Flush();
      OfferSecret();
      return Flush();
    case Operation::kRekey:
      return Rekey();
    case Operation::kEraseRecords:
      Erase();
      break;
    case Operation::kDestroyWeeks: {
      const Entry one = AnyEntry();
      return Destroy(one.purpose, one.week, one.week + static_cast<uint32_t>(Draw(2)));
    }
    case Operation::kDestroyPurpose:
      return Destroy(AnyEntry().purpose, 0, UINT32_MAX);
    default:
      break;
  }
  const size_t dice = Draw(8);
  if (dice < 2) host_.SetNowMs(host_.NowMs() + kWeekMs);
  Flush();
  if (dice == 7 && !::testing::Test::HasFatalFailure()) Reopen();
}

void CrashModel::Append(const std::string& purpose) {
  Entry entry;
  entry.purpose = purpose;
  entry.kind = static_cast<uint8_t>(Draw(4));
  entry.week = WeekOf(host_.NowMs());
  entry.text = std::to_string(serial_++) + std::string(Draw(8) == 0 ? Draw(3000) : Draw(40), '.');
  const Result<uint64_t> sequence = vault_->Append(entry.purpose, entry.kind, AsBytes(entry.text));
  ASSERT_THAT(sequence, baya::testing::IsOk());
  entries_[*sequence] = entry;
  operation_ = std::max(operation_.value_or(Operation::kAppend), Operation::kAppend);
}

// So many small chunks of one key that they are merged.
void CrashModel::Burst() {
  const std::string purpose = kPurposes[Draw(3)];
  for (int i = 0; i < kBurst && !::testing::Test::HasFatalFailure(); ++i) {
    Append(purpose);
    Flush();
  }
}

void CrashModel::PutSnapshot() {
  const std::string purpose = kPurposes[Draw(3)];
  const std::string text = "snapshot " + std::to_string(serial_++);
  BAYA_ASSERT_OK(vault_->PutSnapshot(purpose, kSnapshotKind, 0, AsBytes(text)));
  if (snapshots_[purpose].empty()) snapshots_[purpose].emplace_back();  // none was acknowledged
  snapshots_[purpose].push_back({text, WeekOf(host_.NowMs())});
  operation_ = std::max(operation_.value_or(Operation::kAppend), Operation::kSnapshot);
}

void CrashModel::Doom(const std::set<uint64_t>& sequences) {
  for (const uint64_t sequence : sequences) entries_[sequence].doomed = true;
}

void CrashModel::DoomSnapshot(const std::string& purpose, uint32_t first_week, uint32_t last_week) {
  std::vector<Snapshot>& possible = snapshots_[purpose];
  if (possible.empty() || possible.back().text.empty()) return;
  const Snapshot last = possible.back();
  if (last.week < first_week || last.week > last_week) return;
  if (possible.size() == 1) owed_.insert(last.text);  // it was acknowledged
  possible.emplace_back();
}

// One that the vault holds; made when there is none.
CrashModel::Entry CrashModel::AnyEntry() {
  std::vector<Entry> held;
  for (const auto& [sequence, entry] : entries_) {
    if (!entry.doomed) held.push_back(entry);
  }
  if (!held.empty()) return held[Draw(held.size())];
  Append(kPurposes[0]);
  return entries_.rbegin()->second;
}

void CrashModel::Destroy(const std::string& purpose, uint32_t first_week, uint32_t last_week) {
  std::set<uint64_t> doomed;
  for (const auto& [sequence, entry] : entries_) {
    if (entry.purpose == purpose && entry.week >= first_week && entry.week <= last_week) {
      doomed.insert(sequence);
    }
  }
  BAYA_ASSERT_OK(vault_->DestroyWeeks(purpose, first_week, last_week));
  Doom(doomed);
  DoomSnapshot(purpose, first_week, last_week);
  const Operation operation =
      first_week == 0 ? Operation::kDestroyPurpose : Operation::kDestroyWeeks;
  operation_ = std::max(operation_.value_or(operation), operation);
}

// A record, and those of its purpose whose text begins alike.
void CrashModel::Erase() {
  const Entry one = AnyEntry();
  std::set<uint64_t> doomed;
  const auto matches = [&](const RecordView& record) {
    if (AsText(record.payload)[0] != one.text[0]) return false;
    doomed.insert(record.sequence);
    return true;
  };
  ASSERT_THAT(vault_->EraseRecords(one.purpose, matches), baya::testing::IsOk());
  Doom(doomed);
  operation_ = std::max(operation_.value_or(Operation::kAppend), Operation::kEraseRecords);
}

void CrashModel::Rekey() {
  BAYA_ASSERT_OK(vault_->Rekey(kPurposes[Draw(3)]));
  operation_ = std::max(operation_.value_or(Operation::kAppend), Operation::kRekey);
}

// The new secret is held beside the old one until the batch says that it took over.
void CrashModel::OfferSecret() {
  const Operation operation = vault_->wants_slot_secret() ? Operation::kRotate : Operation::kRewrap;
  const Secret secret{vault_->epoch() + 1, next_secret_};
  const Status status = vault_->OfferSlotSecret(SecretOf(secret.value));
  if (!status.ok()) return;  // one is on its way
  ++next_secret_;
  secrets_.push_back(secret);
  operation_ = std::max(operation_.value_or(operation), operation);
}

void CrashModel::EraseAll() {
  erasing_all_ = true;
  do {
    for (auto& [sequence, entry] : entries_) entry.doomed = true;
    for (const char* purpose : kPurposes)
      snapshots_[purpose].resize(snapshots_[purpose].size() + 2);
    vault_->EraseAll();
    operation_ = Operation::kEraseAll;
    if (FlushAll() && !vault_->destruction_pending()) break;
    Reopen();
  } while (!::testing::Test::HasFatalFailure());
  ASSERT_TRUE(storage_.map().empty()) << "an erased vault left a blob";
}

void CrashModel::Flush() {
  if (!FlushAll() && !::testing::Test::HasFatalFailure()) Reopen();
}

// As a host does: a new slot secret as soon as one is wanted and nothing else is to be written.
bool CrashModel::FlushAll() {
  for (int failures = 0; failures < 3;) {
    Result<std::optional<StorageBatch>> flushed = vault_->Flush();
    EXPECT_THAT(flushed, baya::testing::IsOk());
    if (!flushed.ok()) return true;
    if (!flushed->has_value()) {
      if (!vault_->wants_slot_secret()) return true;
      OfferSecret();
      continue;
    }
    if (!Carry(**flushed, failures)) return false;
  }
  return true;
}

bool CrashModel::Carry(const StorageBatch& batch, int& failures) {
  const size_t number = batches_.size();
  batches_.push_back(
      {Operation::kSettle, batch.puts.size(), batch.puts.size() + batch.deletes.size()});
  if (point_ && (number == point_->batch || number == second_at_)) {
    ++failures;
    return Strike(batch);
  }
  const Status applied = storage_.Apply(batch);
  if (applied.code() == StatusCode::kAborted && struck_ > 0) {
    // A head cut so short that it is not recognised fences the vault: it has to be opened again.
    EXPECT_THAT(vault_->Fail(batch.id, StatusCode::kAborted), baya::testing::IsOk());
    return false;
  }
  EXPECT_THAT(applied, baya::testing::IsOk());
  NoteBatch(batch);
  EXPECT_THAT(vault_->Confirm(batch.id), baya::testing::IsOk());
  Acknowledge(batch);
  return true;
}

bool CrashModel::Strike(const StorageBatch& batch) {
  StorageFault fault = point_->fault;
  if (struck_++ > 0) {
    const BatchSeen& seen = batches_.back();
    const std::vector<StorageFault> faults = FaultsOf(seen.puts, seen.steps);
    fault = faults[DrawFrom(faults_, faults.size())];
  }
  disordered_ = disordered_ || !KeepsOrder(fault.kind);
  ApplyBroken(batch, fault, storage_);
  if (fault.after == Aftermath::kDies) return false;
  const StatusCode code = fault.after == Aftermath::kFailsFull ? StatusCode::kResourceExhausted
                                                               : StatusCode::kUnavailable;
  EXPECT_THAT(vault_->Fail(batch.id, code), baya::testing::IsOk());
  return true;
}

}  // namespace baya::vault::testing
