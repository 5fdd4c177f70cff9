#include "vault/testing/crash_model.h"

#include <algorithm>

#include "base/testing/status_matchers.h"

namespace baya::vault::testing {
namespace {

constexpr const char* kPurposes[] = {"store", "personalize", "measure"};
constexpr int kSteps = 60;
constexpr uint8_t kSnapshotKind = 1;
constexpr int64_t kWeekMs = 7 * 86'400'000LL;

SecretBytes SecretOf(uint8_t value) { return SecretBytes::CopyOf(Bytes(kKeyBytes, value)); }

bool Dies(FaultKind fault) { return fault <= FaultKind::kShortCrash; }

}  // namespace

size_t CrashModel::Draw(size_t below) {
  uint8_t bytes[3];
  random_.FillRandom(bytes);
  size_t value = 0;
  for (const uint8_t byte : bytes) value = value << 8 | byte;
  return value % below;
}

bool CrashModel::Start() {
  secrets_ = {{1, next_secret_++}};
  Result<Vault> vault = Vault::Create(host_, SecretOf(secrets_[0].value));
  EXPECT_THAT(vault, baya::testing::IsOk());
  if (!vault.ok()) return false;
  vault_.emplace(std::move(*vault));
  return true;
}

void CrashModel::Run() {
  if (!Start()) return;
  for (int i = 0; i < kSteps && !::testing::Test::HasFatalFailure(); ++i) Step();
  if (!vault_) return;
  if (!FlushAll()) Reopen();
  if (!vault_) return;
  FlushAll();
  Reopen();
}

void CrashModel::Step() {
  const size_t dice = Draw(100);
  if (dice < 45) {
    Append();
  } else if (dice < 50) {
    PutSnapshot();
  } else if (dice < 53) {
    Destroy();
  } else if (dice < 56) {
    Erase();
  } else if (dice < 60) {
    OfferSecret();
  } else if (dice < 65) {
    host_.SetNowMs(host_.NowMs() + kWeekMs);
  } else if (dice < 68) {
    FlushAll();
    Reopen();
  } else if (!FlushAll()) {
    Reopen();
  }
}

void CrashModel::Append() {
  Entry entry;
  entry.purpose = kPurposes[Draw(3)];
  entry.kind = static_cast<uint8_t>(Draw(4));
  entry.text = std::to_string(serial_++) + std::string(Draw(8) == 0 ? Draw(3000) : Draw(40), '.');
  const Result<uint64_t> sequence = vault_->Append(entry.purpose, entry.kind, AsBytes(entry.text));
  ASSERT_THAT(sequence, baya::testing::IsOk());
  entries_[*sequence] = entry;
}

void CrashModel::PutSnapshot() {
  const std::string purpose = kPurposes[Draw(3)];
  const std::string text = "snapshot " + std::to_string(serial_++);
  BAYA_ASSERT_OK(vault_->PutSnapshot(purpose, kSnapshotKind, 0, AsBytes(text)));
  if (snapshots_[purpose].empty()) snapshots_[purpose].emplace_back();  // none was acknowledged
  snapshots_[purpose].push_back(text);
}

void CrashModel::Doom(const std::set<uint64_t>& sequences) {
  for (const uint64_t sequence : sequences) entries_[sequence].doomed = true;
}

void CrashModel::Destroy() {
  const std::string purpose = kPurposes[Draw(3)];
  std::set<uint64_t> doomed;
  for (const auto& [sequence, entry] : entries_) {
    if (entry.purpose == purpose) doomed.insert(sequence);
  }
  BAYA_ASSERT_OK(vault_->DestroyPurpose(purpose));
  Doom(doomed);
  if (snapshots_[purpose].empty()) snapshots_[purpose].emplace_back();
  snapshots_[purpose].emplace_back();
}

void CrashModel::Erase() {
  const std::string purpose = kPurposes[Draw(3)];
  const char digit = static_cast<char>('0' + Draw(10));
  std::set<uint64_t> doomed;
  const auto matches = [&](const RecordView& record) {
    if (AsText(record.payload)[0] != digit) return false;
    doomed.insert(record.sequence);
    return true;
  };
  ASSERT_THAT(vault_->EraseRecords(purpose, matches), baya::testing::IsOk());
  Doom(doomed);
}

// The new secret is held beside the old one until the batch says that it took over.
void CrashModel::OfferSecret() {
  const Secret secret{vault_->epoch() + 1, next_secret_};
  const Status status = vault_->OfferSlotSecret(SecretOf(secret.value));
  if (!status.ok()) return;  // one is on its way, or nothing is stored yet
  ++next_secret_;
  secrets_.push_back(secret);
}

bool CrashModel::FlushAll() {
  for (int failures = 0;;) {
    Result<std::optional<StorageBatch>> flushed = vault_->Flush();
    EXPECT_THAT(flushed, baya::testing::IsOk());
    if (!flushed.ok() || !flushed->has_value()) return true;
    const StorageBatch& batch = **flushed;
    const int number = batches_++;
    if (number == fault_at_ || number == second_fault_at_) {
      if (!Strike(batch)) return false;
      if (++failures == 3) return true;
      continue;
    }
    const Status applied = storage_.Apply(batch);
    if (applied.code() == StatusCode::kAborted && struck_ > 0) {
      // A head cut so short that it is not recognised fences the vault: it has to be opened again.
      EXPECT_THAT(vault_->Fail(batch.id, StatusCode::kAborted), baya::testing::IsOk());
      return false;
    }
    EXPECT_THAT(applied, baya::testing::IsOk());
    EXPECT_THAT(vault_->Confirm(batch.id), baya::testing::IsOk());
    Acknowledge(batch);
  }
}

bool CrashModel::Strike(const StorageBatch& batch) {
  const bool first = struck_++ == 0;
  const auto fault =
      first ? fault_ : static_cast<FaultKind>(Draw(static_cast<size_t>(FaultKind::kCount)));
  ApplyBroken(batch, fault);
  if (Dies(fault)) return false;
  const StatusCode code =
      fault == FaultKind::kFailQuota ? StatusCode::kResourceExhausted : StatusCode::kUnavailable;
  EXPECT_THAT(vault_->Fail(batch.id, code), baya::testing::IsOk());
  return true;
}

void CrashModel::ApplyBroken(const StorageBatch& batch, FaultKind fault) {
  const size_t steps = batch.puts.size() + batch.deletes.size();
  switch (fault) {
    case FaultKind::kCrashAfter:
    case FaultKind::kFailApplied:
      storage_.ApplySome(batch, [](size_t) { return true; });
      return;
    case FaultKind::kTornCrash:
    case FaultKind::kTornFail: {
      const size_t applied = Draw(steps);
      storage_.ApplySome(batch, [applied](size_t step) { return step < applied; });
      return;
    }
    case FaultKind::kScatteredCrash:
    case FaultKind::kScatteredFail:
      storage_.ApplySome(batch, [this](size_t) { return Draw(2) == 0; });
      return;
    case FaultKind::kShortCrash:
    case FaultKind::kShortFail: {
      storage_.ApplySome(batch, [](size_t) { return true; });
      const Blob& victim = batch.puts[Draw(batch.puts.size())];
      storage_.map()[victim.name].resize(Draw(victim.bytes.size()));
      return;
    }
    default:
      return;
  }
}

void CrashModel::Acknowledge(const StorageBatch& batch) {
  for (auto& [sequence, entry] : entries_) {
    if (sequence >= vault_->durable_end()) continue;
    entry.acknowledged = true;
    entry.gone = entry.gone || entry.doomed;
  }
  for (auto& entry : snapshots_) {
    if (!entry.second.empty()) entry.second = {entry.second.back()};
  }
  if (batch.rotates) {
    std::erase_if(secrets_, [&](const Secret& secret) { return secret.epoch != batch.epoch; });
  }
}

void CrashModel::Reopen() {
  vault_.reset();
  std::vector<SecretBytes> held;
  for (const Secret& secret : secrets_) held.push_back(SecretOf(secret.value));
  Result<Vault> vault = Vault::Open(host_, storage_.Blobs(), held);
  const bool anything_acknowledged =
      std::any_of(entries_.begin(), entries_.end(),
                  [](const auto& entry) { return entry.second.acknowledged; });
  if (!vault.ok() && !anything_acknowledged) {
    // The very first batch did not arrive whole: there is nothing to lose yet.
    storage_.map().clear();
    entries_.clear();
    snapshots_.clear();
    Start();
    return;
  }
  ASSERT_THAT(vault, baya::testing::IsOk());
  vault_.emplace(std::move(*vault));
  const size_t opened = vault_->report().secret_index;
  secrets_ = {secrets_[opened]};
  CompareRecords();
  CompareSnapshots();
}

void CrashModel::CompareRecords() {
  std::map<uint64_t, Entry> found;
  for (const std::string& purpose : vault_->Purposes()) {
    for (const RecordView& record : vault_->Records(purpose)) {
      Entry& entry = found[record.sequence];
      ASSERT_TRUE(entry.text.empty()) << "a sequence is there twice";
      entry = {purpose, record.kind, std::string(AsText(record.payload)), true, false, false};
    }
  }
  for (const auto& [sequence, entry] : found) {
    const auto known = entries_.find(sequence);
    ASSERT_TRUE(known != entries_.end()) << "a record was invented";
    ASSERT_TRUE(known->second.purpose == entry.purpose && known->second.kind == entry.kind &&
                known->second.text == entry.text)
        << "a record was altered";
    ASSERT_FALSE(known->second.gone) << "a destroyed record is back";
  }
  for (const auto& [sequence, entry] : entries_) {
    if (!entry.acknowledged) continue;
    ++acknowledged_;
    ASSERT_TRUE(entry.doomed || found.count(sequence) == 1) << "an acknowledged record is lost";
  }
  entries_ = std::move(found);
}

void CrashModel::CompareSnapshots() {
  for (const char* purpose : kPurposes) {
    std::vector<std::string>& possible = snapshots_[purpose];
    const std::optional<SnapshotView> view = vault_->FindSnapshot(purpose, kSnapshotKind);
    const std::string text = view ? std::string(AsText(view->bytes)) : std::string();
    ASSERT_TRUE(possible.empty() ? text.empty()
                                 : std::count(possible.begin(), possible.end(), text) > 0)
        << "a snapshot is neither the acknowledged one nor a later one";
    possible = {text};
  }
}

}  // namespace baya::vault::testing
