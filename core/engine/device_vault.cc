// The vault's life: created, opened, written, erased.

#include <algorithm>
#include <utility>

#include "consent/refusal.h"
#include "engine/device.h"
#include "engine/limits.h"

namespace baya::engine {

using consent::Operation;
using consent::Purpose;

Status Device::CreateVault(const SecretBytes& secret) {
  BAYA_RETURN_IF_ERROR(RequireSignals());
  if (store_.erasing()) {
    return kError<StatusCode::kFailedPrecondition, "the erasure before is not confirmed yet">;
  }
  if (stored_ != Stored::kWanted) {
    return kError<StatusCode::kFailedPrecondition, "no grant asks for a new vault">;
  }
  BAYA_RETURN_IF_ERROR(store_.Create(secret));
  stored_ = Stored::kNothing;
  measure_.Reset();
  time_ = {std::max<int64_t>(host_.NowMs(), 0), 0};
  BAYA_RETURN_IF_ERROR(ReloadProfile());
  BAYA_RETURN_IF_ERROR(store_.WriteReceipts(desk_.consent().receipts()));
  return WriteSettings();
}

Result<bool> Device::OpenVault(std::span<const vault::Blob> blobs,
                               std::span<const SecretBytes> secrets,
                               uint64_t newest_generation_seen, ByteView record) {
  BAYA_RETURN_IF_ERROR(RequireStarted());
  if (store_.erasing()) {
    return kError<StatusCode::kFailedPrecondition, "the erasure before is not confirmed yet">;
  }
  const Status opened = store_.Open(blobs, secrets, newest_generation_seen);
  stored_ = opened.ok() || opened.code() == StatusCode::kNotFound ? Stored::kNothing
                                                                  : Stored::kUnreadable;
  if (opened.ok()) {
    BAYA_RETURN_IF_ERROR(LoadFromVault());
    return true;
  }
  bool chain_broken = false;
  BAYA_ASSIGN_OR_RETURN(const std::vector<consent::Change>& changes,
                        desk_.Restart({}, chain_broken));
  measure_.Reset();
  BAYA_RETURN_IF_ERROR(ResetProfile());
  if (!desk_.HearRefusal(record) && opened.code() == StatusCode::kNotFound && !record.empty()) {
    owed_.delete_record = true;
  }
  BAYA_RETURN_IF_ERROR(CarryOutAll(changes));
  if (opened.code() != StatusCode::kNotFound) return opened;
  return false;
}

ByteView Device::ShelfSeed() {
  if (store_.Keeps()) return store_.vault()->id();
  if (session_seed_.empty()) {
    session_seed_.resize(kSessionSeedBytes);
    host_.FillRandom(session_seed_);
  }
  return session_seed_;
}

Status Device::LoadFromVault() {
  const Settings settings = store_.LoadSettings().value_or(Settings());
  TakeFloor(settings.floor);
  time_ = settings.time;
  bool chain_broken = false;
  BAYA_ASSIGN_OR_RETURN(const std::vector<consent::Change>& changes,
                        desk_.Restart(store_.Receipts(), chain_broken));
  if (chain_broken) BAYA_RETURN_IF_ERROR(store_.EraseReceipts());
  desk_.SetPaused(settings.paused);
  if (const std::optional<ByteView> record = store_.LoadSnapshot(SnapshotKind::kAccessLog)) {
    // Counts that cannot be read are lost; nothing else depends on them.
    const Status loaded = desk_.access_log().Load(*record);
    if (!loaded.ok()) last_ledger_ms_ = 0;
  }
  BAYA_RETURN_IF_ERROR(measure_.Load());
  BAYA_RETURN_IF_ERROR(ReloadProfile());
  BAYA_RETURN_IF_ERROR(CarryOutAll(changes));
  if (!store_.Keeps()) return OkStatus();
  if (FloorOf(trust_) != settings.floor) BAYA_RETURN_IF_ERROR(WriteSettings());
  return Expire(/*at_start=*/true).status();
}

Result<bool> Device::Confirm(uint64_t id) {
  vault::Vault* vault = store_.vault();
  if (vault == nullptr) {
    return kError<StatusCode::kInvalidArgument, "no batch with this id is in flight">;
  }
  BAYA_RETURN_IF_ERROR(vault->Confirm(id));
  if (!store_.erasing() || vault->destruction_pending()) return false;
  store_.Close();
  return true;
}

Status Device::WriteSettings() {
  return store_.WriteSettings({desk_.paused(), FloorOf(trust_), time_});
}

Status Device::WriteWhatIsDue(bool now) {
  if (!store_.Keeps() || !desk_.consent().MayKeepData()) return OkStatus();
  BAYA_RETURN_IF_ERROR(store_.WriteReceipts(desk_.consent().receipts()));
  if (!loaded_) return OkStatus();
  const int64_t since_ms = host_.NowMs() - last_ledger_ms_;
  if (!now && since_ms >= 0 && since_ms < kLedgerEveryMs) return OkStatus();
  if (desk_.TakeUsed()) counts_due_ = true;
  if (!counts_due_) return OkStatus();
  BAYA_ASSIGN_OR_RETURN(auto&& use, desk_.Check(Purpose::kStore, Operation::kKeep, kEngineCaller));
  BAYA_ASSIGN_OR_RETURN(auto&& data, profile_->Copy(std::move(use)));
  BAYA_RETURN_IF_ERROR(store_.WriteProfile(std::move(data)));
  BAYA_ASSIGN_OR_RETURN(const Bytes& counts, desk_.access_log().EncodeAll());
  BAYA_RETURN_IF_ERROR(store_.WriteSnapshot(SnapshotKind::kAccessLog, counts));
  last_ledger_ms_ = host_.NowMs();
  counts_due_ = false;
  return OkStatus();
}

}  // namespace baya::engine
