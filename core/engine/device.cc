#include "engine/device.h"

#include <algorithm>

#include "consent/refusal.h"

namespace baya::engine {
namespace {

using consent::Purpose;

bool Has(const std::vector<Purpose>& purposes, Purpose purpose) {
  return std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
}

// Effects::vault.
enum VaultWork : uint8_t { kLeave = 0, kOpenIt = 1, kCreateIt = 2, kDestroyIt = 3 };

}  // namespace

Status Device::RequirePack() const {
  if (pack_) return OkStatus();
  return kError<StatusCode::kFailedPrecondition, "set a site pack first">;
}

Status Device::RequireStarted() const {
  BAYA_RETURN_IF_ERROR(RequirePack());
  if (started_) return OkStatus();
  return kError<StatusCode::kFailedPrecondition, "call start first">;
}

Status Device::RequireSignals() const {
  BAYA_RETURN_IF_ERROR(RequireStarted());
  if (stored_ != Stored::kExpected) return OkStatus();
  return kError<StatusCode::kFailedPrecondition, "open the vault first">;
}

Status Device::RequireData() const {
  BAYA_RETURN_IF_ERROR(RequireSignals());
  if (!desk_.consent().MayKeepData() || store_.Keeps()) return OkStatus();
  return kError<StatusCode::kFailedPrecondition, "create the vault first">;
}

Status Device::RequireWritable() const {
  BAYA_RETURN_IF_ERROR(RequireData());
  if (!store_.Keeps()) return OkStatus();
  const Status health = store_.vault()->health();
  return health.code() == StatusCode::kAborted ? health : OkStatus();
}

Status Device::Start(ByteView record) {
  BAYA_RETURN_IF_ERROR(RequirePack());
  if (started_) return kError<StatusCode::kFailedPrecondition, "start comes once">;
  started_ = true;
  if (record.empty() || desk_.HearRefusal(record)) return OkStatus();
  if (const std::string refusal = consent::RefusalAfterErasing(record); !refusal.empty()) {
    stored_ = Stored::kDoomed;
    owed_.write_record = refusal;
    desk_.HearRefusal(AsBytes(refusal));
    return OkStatus();
  }
  if (consent::CheckGrantMark(record).ok()) {
    stored_ = Stored::kExpected;
  } else {
    owed_.delete_record = true;
  }
  return OkStatus();
}

bool Device::IsSomethingStored() const {
  return store_.Keeps() || stored_ == Stored::kExpected || stored_ == Stored::kWanted ||
         stored_ == Stored::kUnreadable;
}

Status Device::CarryOut(const consent::Change& change) {
  const bool store_gone = Has(change.withdrawn, Purpose::kStore);
  if (store_gone) {
    EraseEverything();
    owed_.write_record.clear();
    owed_.delete_record = true;
  } else {
    for (const Purpose purpose : change.withdrawn) {
      if (!store_.Keeps()) break;
      BAYA_RETURN_IF_ERROR(store_.DestroyPurpose(consent::PurposeName(purpose)));
      if (purpose == Purpose::kMeasure) BAYA_RETURN_IF_ERROR(measure_.DropWaiting());
    }
  }
  if (Has(change.granted, Purpose::kStore)) {
    owed_.write_record = consent::EncodeGrantMark(host_.NowMs());
    owed_.delete_record = false;
    if (!store_.Keeps()) {
      stored_ = Stored::kWanted;
      // What a session in memory held may not be kept.
      BAYA_RETURN_IF_ERROR(ResetProfile());
    } else if (!loaded_) {
      // As after receipts that were no chain: nothing was granted when the vault was opened.
      BAYA_RETURN_IF_ERROR(ReloadProfile());
    }
  }
  if (change.write_refusal) {
    owed_.write_record = *change.write_refusal;
    owed_.delete_record = false;
  } else if (change.remove_refusal && owed_.write_record.empty()) {
    owed_.delete_record = true;
  }
  const consent::Consent& consent = desk_.consent();
  // Refused, and there is something that no receipt covers.
  if (!consent.MayKeepData() && !desk_.ShouldAsk() && IsSomethingStored()) EraseEverything();
  if (!consent.MayHoldData()) BAYA_RETURN_IF_ERROR(ResetProfile());
  MarkShelfStale();
  if (store_.Keeps()) return store_.WriteReceipts(consent.receipts());
  return OkStatus();
}

Status Device::CarryOutAll(std::span<const consent::Change> changes) {
  for (const consent::Change& change : changes) BAYA_RETURN_IF_ERROR(CarryOut(change));
  return OkStatus();
}

void Device::EraseEverything() {
  if (store_.Keeps()) {
    store_.EraseAll();
    stored_ = Stored::kNothing;
  } else if (IsSomethingStored()) {
    stored_ = Stored::kDoomed;
  }
  measure_.Reset();
  desk_.SetPaused(false);
  desk_.access_log() = consent::AccessLog();
  last_ledger_ms_ = 0;
  MarkShelfStale();
}

OwnedEffects Device::TakeEffects() {
  OwnedEffects effects = std::exchange(owed_, {});
  if (store_.erasing()) {
    effects.vault = kDestroyIt;
  } else if (stored_ == Stored::kDoomed) {
    effects.vault = kDestroyIt;
    stored_ = Stored::kNothing;
  } else if (store_.Keeps()) {
    effects.vault = kLeave;
  } else if (stored_ == Stored::kExpected) {
    effects.vault = kOpenIt;
  } else if (stored_ == Stored::kWanted) {
    effects.vault = kCreateIt;
  }
  return effects;
}

StoreState Device::State() const {
  StoreState state;
  const vault::Vault* vault = store_.vault();
  if (vault == nullptr) return state;
  state.open = true;
  state.durable_end = vault->durable_end();
  state.next_sequence = vault->next_sequence();
  state.generation = vault->generation();
  state.epoch = vault->epoch();
  state.wants_slot_secret = vault->wants_slot_secret();
  state.destruction_pending = vault->destruction_pending();
  state.health = static_cast<uint8_t>(vault->health().code());
  return state;
}

}  // namespace baya::engine
