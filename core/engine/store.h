// The vault with the engine's records in it. Closed until Create or Open.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "engine/record_kinds.h"
#include "engine/settings.h"
#include "profile/event.h"
#include "profile/profile_data.h"
#include "vault/vault.h"

namespace baya::engine {

inline constexpr int64_t kNoOthers = INT64_MAX;
inline constexpr int64_t kNoReadableOthers = kNoOthers - 1;

// What a vault holds of a profile.
struct StoredProfile {
  profile::ProfileData data;
  uint32_t skipped = 0;  // records of events that this build cannot read
};

class Store {
 public:
  // `host` must outlive the store.
  explicit Store(Host& host) : host_(host) {}

  // Both replace what is open. Errors: as vault::Vault's; then it is closed.
  Status Create(const SecretBytes& slot_secret);
  Status Open(std::span<const vault::Blob> blobs, std::span<const SecretBytes> secrets,
              uint64_t newest_generation_seen);
  void Close();

  // Null when closed.
  vault::Vault* vault() { return vault_.get(); }
  const vault::Vault* vault() const { return vault_.get(); }
  // Open, and neither erased nor about to be.
  bool Keeps() const { return vault_ != nullptr && !erasing_; }
  bool erasing() const { return erasing_; }

  // REQUIRES of all below: Keeps().

  std::vector<Bytes> Receipts() const;
  StoredProfile LoadProfile() const;
  size_t CountEvents() const;
  // What cannot be read counts as not there.
  std::optional<Settings> LoadSettings() const;

  // As it was written. The view holds until the vault changes.
  std::optional<ByteView> LoadSnapshot(SnapshotKind kind) const;
  Status WriteSnapshot(SnapshotKind kind, ByteView bytes);
  // The sequence from which on a report is durable that is written beside it.
  Result<uint64_t> AppendReportMark(ByteView report_id);

  // In the week of the event, so that a week's events end together. Errors: as
  // vault::Vault::Append.
  Result<uint64_t> AppendEvent(const profile::Event& event);
  // Those of `all` that are not there yet.
  Status WriteReceipts(std::span<const Bytes> all);
  Status WriteSettings(const Settings& settings);
  // Without the events of `data`.
  Status WriteProfile(profile::ProfileData data);

  // Makes the events of the vault those of `held`, as they are there. Of the others it leaves those
  // of `others_from_ms` or later and those that this build cannot read; with kNoOthers, none. What
  // went or was another before cannot be opened from old bytes either.
  Status KeepEvents(std::span<const profile::Event> held, int64_t others_from_ms);
  // Removes those appended as `from` or later.
  Status EraseEventsFrom(uint64_t from);

  // Receipts that do not belong together are no proof of anything.
  Status EraseReceipts();
  // Destroys the purpose's keys. Under `store` that is everything: receipts, settings and counts
  // are then to be written again.
  Status DestroyPurpose(std::string_view purpose);
  void EraseAll();

 private:
  Host& host_;
  std::unique_ptr<vault::Vault> vault_;
  bool erasing_ = false;
  size_t receipts_written_ = 0;
};

}  // namespace baya::engine
