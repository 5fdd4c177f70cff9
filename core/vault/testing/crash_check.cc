// What the script expects of the vault, and of what lies on the disk.

#include <algorithm>

#include "base/testing/status_matchers.h"
#include "vault/blob_set.h"
#include "vault/key_table.h"
#include "vault/roots.h"
#include "vault/testing/crash_model.h"
#include "vault/testing/forensics.h"

namespace baya::vault::testing {
namespace {

constexpr uint8_t kSnapshotKind = 1;

// What the newest head in these blobs lists.
std::vector<ListedChunk> ListedIn(const std::vector<Blob>& blobs,
                                  std::span<const SecretBytes> secrets) {
  const Result<BlobSet> set = SortBlobs(blobs);
  if (!set.ok()) return {};
  const Result<std::vector<OpenedRoot>> roots = OpenRoots(*set, secrets);
  if (!roots.ok()) return {};
  const Head* newest = nullptr;
  for (const std::optional<Head>& head : roots->front().head) {
    if (head && (newest == nullptr || head->generation > newest->generation)) newest = &*head;
  }
  return newest == nullptr ? std::vector<ListedChunk>() : newest->chunks;
}

}  // namespace

// Without a fault alone: whether something was merged is not seen from outside the vault.
void CrashModel::NoteBatch(const StorageBatch&) {
  if (!point_) {
    BatchSeen& seen = batches_.back();
    seen.operation = operation_.value_or(Operation::kSettle);
    if (HasMerged() && seen.operation < Operation::kMerge) seen.operation = Operation::kMerge;
  }
  operation_ = std::nullopt;
}

// A chunk is listed for the first time under a key of which two others are not listed any more.
bool CrashModel::HasMerged() {
  const std::vector<ListedChunk> before = std::move(listed_);
  listed_ = ListedIn(storage_.Blobs(), Held());
  const auto is_in = [](const std::vector<ListedChunk>& chunks, const ListedChunk& wanted) {
    return std::find(chunks.begin(), chunks.end(), wanted) != chunks.end();
  };
  return std::any_of(listed_.begin(), listed_.end(), [&](const ListedChunk& fresh) {
    if (fresh.type != ChunkType::kLog || is_in(before, fresh)) return false;
    return std::count_if(before.begin(), before.end(), [&](const ListedChunk& old) {
             return old.type == ChunkType::kLog && old.key_id == fresh.key_id &&
                    !is_in(listed_, old);
           }) >= 2;
  });
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
  if (erasing_all_ || vault_->destruction_pending()) return;
  for (const auto& [sequence, entry] : entries_) {
    if (entry.doomed) owed_.insert(entry.text);
  }
  CheckErased();
}

std::vector<SecretBytes> CrashModel::Held() const {
  std::vector<SecretBytes> held;
  for (const Secret& secret : secrets_) {
    held.push_back(SecretBytes::CopyOf(Bytes(kKeyBytes, secret.value)));
  }
  return held;
}

void CrashModel::Reopen() {
  vault_.reset();
  operation_ = std::nullopt;
  Result<Vault> vault = Vault::Open(host_, storage_.Blobs(), Held());
  const bool anything_acknowledged =
      std::any_of(entries_.begin(), entries_.end(),
                  [](const auto& entry) { return entry.second.acknowledged; });
  if (!vault.ok() && (erasing_all_ || !anything_acknowledged)) {
    // The very first batch did not arrive whole, or the last one went halfway: what is left is the
    // host's to delete, and nobody misses it.
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
  if (!::testing::Test::HasFatalFailure()) CompareSnapshots();
  if (!::testing::Test::HasFatalFailure() && !vault_->destruction_pending()) CheckErased();
}

void CrashModel::CompareRecords() {
  std::map<uint64_t, Entry> found;
  for (const std::string& purpose : vault_->Purposes()) {
    for (const RecordView& record : vault_->Records(purpose)) {
      Entry& entry = found[record.sequence];
      ASSERT_TRUE(entry.text.empty()) << "a sequence is there twice";
      entry.purpose = purpose;
      entry.kind = record.kind;
      entry.text = AsText(record.payload);
    }
  }
  // What was taken in from a batch that did not arrive whole is acknowledged with the next one.
  const bool all_listed = vault_->report().adopted_records == 0;
  for (auto& [sequence, entry] : found) {
    const auto known = entries_.find(sequence);
    ASSERT_TRUE(known != entries_.end()) << "a record was invented";
    ASSERT_TRUE(known->second.purpose == entry.purpose && known->second.kind == entry.kind &&
                known->second.text == entry.text)
        << "a record was altered";
    ASSERT_FALSE(known->second.gone) << "a destroyed record is back";
    entry.week = known->second.week;
    entry.acknowledged = all_listed || known->second.acknowledged;
  }
  NoteAbsent(found);
  entries_ = std::move(found);
}

void CrashModel::NoteAbsent(const std::map<uint64_t, Entry>& found) {
  for (const auto& [sequence, entry] : entries_) {
    const bool is_there = found.count(sequence) == 1;
    if (entry.acknowledged) ++acknowledged_;
    if (is_there) {
      owed_.erase(entry.text);  // its destruction did not come through, nor was it said to
    } else if (!entry.acknowledged) {
      ++never_acknowledged_;
    } else {
      ASSERT_TRUE(entry.doomed) << "an acknowledged record is lost";
      owed_.insert(entry.text);
    }
  }
  CheckLosses();
}

// What was never acknowledged may be reported as lost: by a head that arrived before what it lists,
// or after a batch that arrived, was reported as failed, and was torn when it was written again.
void CrashModel::CheckLosses() {
  if (erasing_all_) return;
  const uint64_t lost = vault_->report().lost_records;
  const bool none_expected = struck_ < 2 && !disordered_;
  ASSERT_LE(lost, none_expected ? 0 : never_acknowledged_)
      << "more is reported lost than there was";
}

void CrashModel::CompareSnapshots() {
  for (auto& [purpose, possible] : snapshots_) {
    const std::optional<SnapshotView> view = vault_->FindSnapshot(purpose, kSnapshotKind);
    const std::string text = view ? std::string(AsText(view->bytes)) : std::string();
    const auto match = std::find_if(possible.begin(), possible.end(),
                                    [&](const Snapshot& one) { return one.text == text; });
    ASSERT_TRUE(possible.empty() ? text.empty() : match != possible.end())
        << "a snapshot is neither the acknowledged one nor a later one";
    owed_.erase(text);
    if (match == possible.end()) continue;
    // A later one may have been taken in as well; it is the only one after the next batch.
    possible = {possible.front(), Snapshot(*match)};
    if (possible.front().text == text) possible.pop_back();
  }
}

// Everything that was ever written, with every secret that is left.
void CrashModel::CheckErased() {
  if (owed_.empty()) return;
  erased_texts_.merge(owed_);
  owed_.clear();
  // Before the fault it is as without one, where it was looked at; after it, once and at the end.
  if (point_ && (struck_ == 0 || erased_ > 0)) return;
  LookForErased();
}

void CrashModel::LookForErased() {
  const Forensics forensics(storage_.history(), Held());
  for (const std::string& text : erased_texts_) {
    ASSERT_EQ(forensics.texts().count(text), 0u) << "an erased record can be opened: " << text;
  }
  erased_ += erased_texts_.size();
}

}  // namespace baya::vault::testing
