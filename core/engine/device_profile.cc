// The profile, kept in step with the vault: every event is in both or in neither.

#include <algorithm>
#include <utility>

#include "engine/device.h"
#include "engine/limits.h"

namespace baya::engine {

using consent::Operation;
using consent::Purpose;
using profile::Event;

Status Device::ResetProfile() {
  BAYA_ASSIGN_OR_RETURN(profile_, profile::Profile::Create(plan_.data));
  newest_ = {};
  skipped_ = 0;
  loaded_ = false;
  MarkShelfStale();
  return OkStatus();
}

void Device::MarkShelfStale() {
  if (shelf_) shelf_->MarkStale();
}

Status Device::ReloadProfile() {
  BAYA_RETURN_IF_ERROR(ResetProfile());
  if (!store_.Keeps() || !desk_.consent().MayKeepData()) return OkStatus();
  BAYA_ASSIGN_OR_RETURN(auto&& use, desk_.Check(Purpose::kStore, Operation::kKeep, kEngineCaller));
  StoredProfile stored = store_.LoadProfile();
  skipped_ = stored.skipped;
  if (!stored.data.events.empty()) {
    const Event& newest = stored.data.events.back();
    newest_ = {newest.time_ms, newest.message_id};
  }
  const Status restored = profile_->Restore(std::move(use), std::move(stored.data));
  loaded_ = restored.ok();
  return restored;
}

Result<Kept> Device::Keep(consent::Use use, const Event& event) {
  const size_t before = profile_->event_count();
  const bool kept = !use.memory_only();
  const Result<profile::Added> added = profile_->Add(std::move(use), event);
  if (added.status().code() == StatusCode::kResourceExhausted) return Kept{"quota", 0};
  BAYA_RETURN_IF_ERROR(added.status());
  if (*added == profile::Added::kDuplicate) return Kept{"duplicate", 0};
  if (*added == profile::Added::kTooOld) return Kept{"too_old", 0};
  Kept result;
  if (kept) {
    const Result<uint64_t> sequence = store_.AppendEvent(event);
    if (!sequence.ok()) {
      BAYA_RETURN_IF_ERROR(ReloadProfile());
      if (sequence.status().code() == StatusCode::kResourceExhausted) return Kept{"quota", 0};
      return sequence.status();
    }
    result.sequence = *sequence;
  }
  const std::pair<int64_t, std::string> key(event.time_ms, event.message_id);
  const bool newer = newest_ < key && profile_->event_count() == before + 1;
  newest_ = std::max(newest_, key);
  if (shelf_ && newer && event.kind != profile::EventKind::kCorrection) {
    shelf_->NoteNewer(profile::IsDealing(event.kind) ? event.items.size() : 0);
  } else {
    MarkShelfStale();
  }
  return result;
}

Status Device::KeepHeld(int64_t others_from_ms) {
  MarkShelfStale();
  if (!store_.Keeps()) return OkStatus();
  if (!loaded_) {
    return kError<StatusCode::kFailedPrecondition, "the profile was not loaded">;
  }
  BAYA_ASSIGN_OR_RETURN(auto&& use, desk_.Check(Purpose::kStore, Operation::kKeep, kEngineCaller));
  BAYA_ASSIGN_OR_RETURN(const profile::ProfileData& held, profile_->Copy(std::move(use)));
  BAYA_RETURN_IF_ERROR(store_.KeepEvents(held.events, others_from_ms));
  // What limits pushed out must not fit again: the profile goes with the same batch.
  counts_due_ = true;
  last_ledger_ms_ = 0;
  return OkStatus();
}

Result<uint32_t> Device::Expire(bool at_start) {
  const int64_t now_ms = std::max<int64_t>(host_.NowMs(), 0);
  const int64_t day = now_ms / kDayMs;
  if (!store_.Keeps() || !desk_.consent().MayKeepData() || day == last_expiry_day_) return 0u;
  if (time_.last_ms == 0) time_.last_ms = newest_.first;
  const BelievedTime before = time_;
  const int64_t as_of_ms = time_.Look(now_ms, at_start);
  BAYA_ASSIGN_OR_RETURN(auto&& use, desk_.Check(Purpose::kStore, Operation::kKeep, kEngineCaller));
  BAYA_ASSIGN_OR_RETURN(const profile::Erased& erased, profile_->Expire(std::move(use), as_of_ms));
  // What limits pushed out is older than what is held.
  if (!erased.removed.empty() || store_.CountEvents() > profile_->event_count()) {
    BAYA_RETURN_IF_ERROR(KeepHeld(as_of_ms - plan_.data.retention_ms));
  }
  desk_.access_log().Expire(as_of_ms, plan_.data.retention_ms);
  BAYA_RETURN_IF_ERROR(measure_.Expire(as_of_ms, plan_.data.retention_ms));
  const bool looked_today = before.last_ms / kDayMs == time_.last_ms / kDayMs;
  if (!looked_today || before.doubted_ms != time_.doubted_ms) BAYA_RETURN_IF_ERROR(WriteSettings());
  last_expiry_day_ = day;
  BAYA_RETURN_IF_ERROR(DropIdleRecords());
  return static_cast<uint32_t>(erased.removed.size());
}

// Events that limits have pushed out of the profile and that are records still.
Status Device::DropIdleRecords() {
  if (store_.CountEvents() < profile_->event_count() + kMaxIdleRecords) return OkStatus();
  return KeepHeld(kNoReadableOthers);
}

}  // namespace baya::engine
