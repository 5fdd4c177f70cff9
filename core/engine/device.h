// The device half of the engine: one person's vault, profile and shelf under one site's pack, and
// what follows for all of them when consent changes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "base/status.h"
#include "engine/believed_time.h"
#include "engine/consent_desk.h"
#include "engine/measure_desk.h"
#include "engine/ops.h"
#include "engine/settings.h"
#include "engine/shelf.h"
#include "engine/site_plan.h"
#include "engine/store.h"
#include "pack/site_pack.h"
#include "profile/intake.h"
#include "profile/profile.h"

namespace baya::engine {

// Effects with the text they borrow.
class OwnedEffects {
 public:
  Effects View() const { return {write_record, delete_record, vault}; }

  std::string write_record;
  bool delete_record = false;
  uint8_t vault = 0;
};

// What became of one event that was taken in.
struct Kept {
  std::string_view reason;  // empty: accepted
  uint64_t sequence = 0;    // 0: not in the vault
};

class Device {
 public:
  // Both must outlive the device.
  Device(Host& host, dap::ReportMaker& maker)
      : host_(host), desk_(host), store_(host), measure_(host, maker, desk_, store_) {}
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  // device_pack.cc

  // Errors: those of pack::SitePack::Open, ParseSitePlan and measure::DecodeTasks; the pack in use
  // then stays.
  Status SetPack(std::string_view site, const crypto::ed25519::PublicKey& signer, ByteView file,
                 ByteView sha256);
  const pack::SitePack* pack() const { return pack_ ? &*pack_ : nullptr; }
  const SitePlan& plan() const { return plan_; }
  // Older than one used before: nothing is ranked with it.
  bool pack_outdated() const { return pack_outdated_; }
  // Null when nothing is to be ranked.
  Shelf* shelf();

  // device.cc

  // kFailedPrecondition with what is to be done first.
  Status RequirePack() const;
  Status RequireStarted() const;
  Status RequireSignals() const;
  // And, with a grant of `store`, that the vault is open.
  Status RequireData() const;
  // And that it still writes: kAborted after another instance did.
  Status RequireWritable() const;

  Status Start(ByteView record);
  // What a signal changed, carried out.
  Status CarryOut(const consent::Change& change);
  // Everything, and every trace of consent, but for what CarryOut leaves to say.
  void EraseEverything();
  // What the host has to do; said once, but for the vault, which is said until it is done.
  OwnedEffects TakeEffects();
  StoreState State() const;

  // device_vault.cc

  Status CreateVault(const SecretBytes& secret);
  // Whether there was a vault.
  Result<bool> OpenVault(std::span<const vault::Blob> blobs, std::span<const SecretBytes> secrets,
                         uint64_t newest_generation_seen, ByteView record);
  uint32_t skipped_records() const { return skipped_; }
  // Random bytes that stay as long as what is held: the vault's id, without one this session's own.
  ByteView ShelfSeed();
  // The batch is durable. Whether the vault is gone with it.
  Result<bool> Confirm(uint64_t id);
  // Receipts go before the next batch, and so do counts and the profile beside its events when they
  // are due and the profile was loaded. `now`: however short the last time was ago.
  Status WriteWhatIsDue(bool now);
  Status WriteSettings();

  // device_profile.cc

  profile::Intake& intake() { return *intake_; }
  profile::Profile& profile() { return *profile_; }
  // Adds a valid event to the profile and the vault, or to neither.
  Result<Kept> Keep(consent::Use use, const profile::Event& event);
  // Everything held, from the vault again.
  Status ReloadProfile();
  // Makes the vault's events those of the profile, after something was taken out of it. Of the
  // others, which limits have pushed out, as Store::KeepEvents. kFailedPrecondition when the
  // profile does not hold what the vault does: nothing is changed then.
  Status KeepHeld(int64_t others_from_ms);
  // Empty, without asking anyone.
  Status ResetProfile();
  // What retention no longer covers, at most once a day, by a clock as BelievedTime believes it.
  // Returns how many events.
  Result<uint32_t> Expire(bool at_start);
  void MarkShelfStale();

  Host& host() { return host_; }
  ConsentDesk& desk() { return desk_; }
  Store& store() { return store_; }
  MeasureDesk& measure() { return measure_; }

 private:
  // What is known of the store while no vault is open.
  enum class Stored {
    kNothing,
    kExpected,    // the record says so; to be opened
    kWanted,      // granted; to be created
    kUnreadable,  // it would not open
    kDoomed,      // to be deleted unopened
  };

  Status CarryOutAll(std::span<const consent::Change> changes);
  void TakeFloor(const PackFloor& floor);
  Status LoadFromVault();
  Status MakeShelf();
  Status DropIdleRecords();
  bool IsSomethingStored() const;

  Host& host_;
  ConsentDesk desk_;
  Store store_;
  MeasureDesk measure_;  // borrows from pack_
  Stored stored_ = Stored::kNothing;
  bool started_ = false;
  OwnedEffects owed_;

  std::optional<pack::SitePack> pack_;
  SitePlan plan_;
  pack::Trust trust_;
  bool pack_outdated_ = false;
  std::optional<Shelf> shelf_;  // borrows from pack_

  std::optional<profile::Intake> intake_;
  std::optional<profile::Profile> profile_;
  std::pair<int64_t, std::string> newest_;  // time and message id of the newest event
  bool loaded_ = false;                     // the profile holds what the open vault does
  uint32_t skipped_ = 0;
  Bytes session_seed_;       // empty until it is asked for
  bool counts_due_ = false;  // and the profile beside its events
  int64_t last_ledger_ms_ = 0;
  int64_t last_expiry_day_ = -1;
  BelievedTime time_;
};

}  // namespace baya::engine
