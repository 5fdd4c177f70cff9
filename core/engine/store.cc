#include "engine/store.h"

#include <algorithm>
#include <utility>

#include "base/sort.h"

namespace baya::engine {
namespace {

using profile::Event;
using vault::RecordView;

constexpr auto kEventKind = static_cast<uint8_t>(RecordKind::kEvent);
constexpr auto kReceiptKind = static_cast<uint8_t>(RecordKind::kReceipt);
constexpr auto kReportMadeKind = static_cast<uint8_t>(RecordKind::kReportMade);

std::string_view PurposeOf(SnapshotKind kind) {
  return kind == SnapshotKind::kReportQueue ? kMeasurePurpose : kStorePurpose;
}

bool IdBefore(const Event* a, const Event* b) { return a->message_id < b->message_id; }

// What a record of an event is to hold from now on.
class Keeper {
 public:
  Keeper(std::span<const Event> held, int64_t others_from_ms) : others_from_ms_(others_from_ms) {
    for (const Event& event : held) held_.push_back(&event);
    StableSort(held_, IdBefore);
  }

  std::optional<ByteView> Judge(const RecordView& record) {
    const std::optional<ByteView> as_it_is(record.payload);
    if (record.kind != kEventKind) return as_it_is;
    const Result<Event> event = profile::DecodeEvent(record.payload);
    if (!event.ok()) return others_from_ms_ == kNoOthers ? std::nullopt : as_it_is;
    const auto place = std::lower_bound(held_.begin(), held_.end(), &*event, IdBefore);
    if (place == held_.end() || (*place)->message_id != event->message_id) {
      return event->time_ms < others_from_ms_ ? std::nullopt : as_it_is;
    }
    if (**place == *event) return as_it_is;
    rewritten_.push_back(profile::EncodeEvent(**place).value());  // the profile checked it
    return ByteView(rewritten_.back());
  }

 private:
  std::vector<const Event*> held_;  // by message id
  int64_t others_from_ms_;
  std::vector<Bytes> rewritten_;
};

// Of events with one message id the last written stays: it replaced the others.
void SortAndMerge(std::vector<Event>& events) {
  std::set<std::string, std::less<>> seen;
  std::vector<Event> merged;
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (seen.insert(event->message_id).second) merged.push_back(std::move(*event));
  }
  StableSort(merged, profile::EventBefore);
  events = std::move(merged);
}

}  // namespace

Status Store::Create(const SecretBytes& slot_secret) {
  Close();
  BAYA_ASSIGN_OR_RETURN(auto&& created, vault::Vault::Create(host_, slot_secret));
  vault_ = std::make_unique<vault::Vault>(std::move(created));
  return OkStatus();
}

Status Store::Open(std::span<const vault::Blob> blobs, std::span<const SecretBytes> secrets,
                   uint64_t newest_generation_seen) {
  Close();
  BAYA_ASSIGN_OR_RETURN(auto&& opened,
                        vault::Vault::Open(host_, blobs, secrets, {newest_generation_seen}));
  vault_ = std::make_unique<vault::Vault>(std::move(opened));
  receipts_written_ = Receipts().size();
  return OkStatus();
}

void Store::Close() {
  vault_.reset();
  erasing_ = false;
  receipts_written_ = 0;
}

std::vector<Bytes> Store::Receipts() const {
  std::vector<Bytes> receipts;
  for (const RecordView& record : vault_->Records(kStorePurpose)) {
    if (record.kind == kReceiptKind) receipts.push_back(ToBytes(record.payload));
  }
  return receipts;
}

StoredProfile Store::LoadProfile() const {
  StoredProfile stored;
  if (const auto snapshot = LoadSnapshot(SnapshotKind::kProfile)) {
    Result<profile::ProfileData> data = profile::DecodeSnapshot(*snapshot);
    if (data.ok()) stored.data = std::move(*data);
  }
  for (const RecordView& record : vault_->Records(kStorePurpose)) {
    if (record.kind != kEventKind) continue;
    Result<Event> event = profile::DecodeEvent(record.payload);
    if (event.ok()) {
      stored.data.events.push_back(std::move(*event));
    } else {
      ++stored.skipped;
    }
  }
  SortAndMerge(stored.data.events);
  return stored;
}

size_t Store::CountEvents() const {
  const std::vector<RecordView> records = vault_->Records(kStorePurpose);
  return static_cast<size_t>(
      std::count_if(records.begin(), records.end(),
                    [](const RecordView& record) { return record.kind == kEventKind; }));
}

std::optional<Settings> Store::LoadSettings() const {
  const auto snapshot = LoadSnapshot(SnapshotKind::kSettings);
  if (!snapshot) return std::nullopt;
  Result<Settings> settings = DecodeSettings(*snapshot);
  if (!settings.ok()) return std::nullopt;
  return std::move(*settings);
}

std::optional<ByteView> Store::LoadSnapshot(SnapshotKind kind) const {
  const auto snapshot = vault_->FindSnapshot(PurposeOf(kind), static_cast<uint8_t>(kind));
  if (!snapshot) return std::nullopt;
  return snapshot->bytes;
}

Result<uint64_t> Store::AppendReportMark(ByteView report_id) {
  return vault_->Append(kMeasurePurpose, kReportMadeKind, report_id);
}

Result<uint64_t> Store::AppendEvent(const Event& event) {
  BAYA_ASSIGN_OR_RETURN(const Bytes& bytes, profile::EncodeEvent(event));
  return vault_->AppendAt(vault::WeekOf(event.time_ms), kStorePurpose, kEventKind, bytes);
}

Status Store::WriteReceipts(std::span<const Bytes> all) {
  while (receipts_written_ < all.size()) {
    const Bytes& receipt = all[receipts_written_];
    BAYA_RETURN_IF_ERROR(vault_->Append(kStorePurpose, kReceiptKind, receipt).status());
    ++receipts_written_;
  }
  return OkStatus();
}

Status Store::WriteSnapshot(SnapshotKind kind, ByteView bytes) {
  return vault_->PutSnapshot(PurposeOf(kind), static_cast<uint8_t>(kind),
                             vault_->next_sequence() - 1, bytes);
}

Status Store::WriteSettings(const Settings& settings) {
  BAYA_ASSIGN_OR_RETURN(const Bytes& bytes, EncodeSettings(settings));
  return WriteSnapshot(SnapshotKind::kSettings, bytes);
}

Status Store::WriteProfile(profile::ProfileData data) {
  data.events.clear();
  BAYA_ASSIGN_OR_RETURN(const Bytes& bytes, profile::EncodeSnapshot(data));
  return WriteSnapshot(SnapshotKind::kProfile, bytes);
}

Status Store::KeepEvents(std::span<const Event> held, int64_t others_from_ms) {
  Keeper keeper(held, others_from_ms);
  return vault_
      ->RewriteRecords(kStorePurpose,
                       [&keeper](const RecordView& record) { return keeper.Judge(record); })
      .status();
}

Status Store::EraseEventsFrom(uint64_t from) {
  return vault_
      ->EraseRecords(kStorePurpose,
                     [from](const RecordView& record) {
                       return record.kind == kEventKind && record.sequence >= from;
                     })
      .status();
}

Status Store::EraseReceipts() {
  receipts_written_ = 0;
  return vault_
      ->EraseRecords(kStorePurpose,
                     [](const RecordView& record) { return record.kind == kReceiptKind; })
      .status();
}

Status Store::DestroyPurpose(std::string_view purpose) {
  if (purpose == kStorePurpose) receipts_written_ = 0;
  return vault_->DestroyPurpose(purpose);
}

void Store::EraseAll() {
  erasing_ = true;
  vault_->EraseAll();
}

}  // namespace baya::engine
