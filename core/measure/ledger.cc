#include "measure/ledger.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "codec/tls.h"
#include "crypto/fixed_bytes.h"
#include "measure/limits.h"

namespace baya::measure {
namespace {

constexpr uint8_t kVersion = 1;
constexpr uint64_t kAll = std::numeric_limits<uint64_t>::max();

constexpr Status kBroken = kError<StatusCode::kInvalidArgument, "the stored ledger is malformed">;

uint64_t Seconds(int64_t now_ms) {
  return now_ms < 0 ? 0 : std::min(static_cast<uint64_t>(now_ms) / 1000, kLatestS);
}

}  // namespace

uint64_t Ledger::EpochAt(int64_t now_ms) const {
  return std::max(epoch_, Seconds(now_ms) / uint64_t{kBudgetEpochS});
}

uint64_t Ledger::SpentMicro(int64_t now_ms) const {
  return EpochAt(now_ms) == epoch_ ? spent_micro_ : 0;
}

int64_t Ledger::EpochEndMs(int64_t now_ms) const {
  return static_cast<int64_t>(EpochAt(now_ms) + 1) * kBudgetEpochS * 1000;
}

const Ledger::Reported* Ledger::Find(const TaskId& task) const {
  const auto found = std::find_if(reported_.begin(), reported_.end(),
                                  [&task](const Reported& entry) { return entry.task == task; });
  return found == reported_.end() ? nullptr : &*found;
}

int64_t Ledger::NextReportMs(const TaskId& task) const {
  const Reported* reported = Find(task);
  return reported == nullptr ? 0 : static_cast<int64_t>(reported->next_s) * 1000;
}

Room Ledger::Look(const Task& task, uint64_t budget_micro, int64_t now_ms) const {
  const Reported* reported = Find(task.id);
  if (reported != nullptr && Seconds(now_ms) < reported->next_s) return Room::kReported;
  const uint64_t spent = SpentMicro(now_ms);
  const bool fits = spent <= budget_micro && task.descriptor.epsilon_micro <= budget_micro - spent;
  return fits ? Room::kFree : Room::kExhausted;
}

Result<Charge> Ledger::Pay(const consent::Use& use, const Task& task, uint64_t budget_micro) {
  if (use.operation() != consent::Operation::kMeasure) {
    return kError<StatusCode::kInvalidArgument, "this use is for another operation">;
  }
  const int64_t now_ms = use.now_ms();
  switch (Look(task, budget_micro, now_ms)) {
    case Room::kReported:
      return kError<StatusCode::kAlreadyExists, "this epoch has its report already">;
    case Room::kExhausted:
      return kError<StatusCode::kResourceExhausted, "the budget of this epoch is spent">;
    case Room::kFree:
      break;
  }
  spent_micro_ = SpentMicro(now_ms) + task.descriptor.epsilon_micro;
  epoch_ = EpochAt(now_ms);
  Note(task, now_ms);
  return Charge(task.id, task.descriptor.epsilon_micro);
}

// Of more tasks than a ledger holds, the one that may report again the soonest is forgotten; the
// budget holds all the same.
void Ledger::Note(const Task& task, int64_t now_ms) {
  const uint64_t period_s = task.descriptor.period_s;
  const uint64_t next_s = (Seconds(now_ms) / period_s + 1) * period_s;
  std::erase_if(reported_, [&task](const Reported& entry) { return entry.task == task.id; });
  if (reported_.size() == kMaxLedgerTasks) {
    reported_.erase(
        std::min_element(reported_.begin(), reported_.end(),
                         [](const Reported& a, const Reported& b) { return a.next_s < b.next_s; }));
  }
  reported_.push_back({task.id, next_s});
}

void Ledger::CloseEpoch(int64_t now_ms) {
  epoch_ = EpochAt(now_ms);
  spent_micro_ = kAll;
}

Result<Bytes> Ledger::Encode() const {
  codec::Writer writer;
  writer.U8(kVersion);
  writer.U64(static_cast<uint64_t>(since_ms_));
  writer.U64(epoch_);
  writer.U64(spent_micro_);
  writer.Vector16([this](codec::Writer& list) {
    for (const Reported& entry : reported_) {
      list.Raw(entry.task);
      list.U64(entry.next_s);
    }
  });
  return std::move(writer).Finish();
}

Result<Ledger> Ledger::Decode(ByteView bytes) {
  codec::Reader reader(bytes);
  BAYA_ASSIGN_OR_RETURN(const uint8_t version, reader.U8());
  if (version != kVersion) {
    return kError<StatusCode::kUnimplemented, "the stored ledger is of a later version">;
  }
  BAYA_ASSIGN_OR_RETURN(const uint64_t since_ms, reader.U64());
  Ledger ledger(static_cast<int64_t>(since_ms));
  BAYA_ASSIGN_OR_RETURN(ledger.epoch_, reader.U64());
  BAYA_ASSIGN_OR_RETURN(ledger.spent_micro_, reader.U64());
  if (ledger.epoch_ > kLatestS / uint64_t{kBudgetEpochS}) return kBroken;
  BAYA_ASSIGN_OR_RETURN(codec::Reader list, reader.Vector16());
  BAYA_RETURN_IF_ERROR(reader.Finish());
  while (list.remaining() > 0) {
    Reported entry;
    BAYA_ASSIGN_OR_RETURN(const ByteView id, list.Raw(kTaskIdBytes));
    BAYA_ASSIGN_OR_RETURN(entry.task, crypto::FixedBytes<kTaskIdBytes>(id));
    BAYA_ASSIGN_OR_RETURN(entry.next_s, list.U64());
    if (entry.next_s > 2 * kLatestS || ledger.Find(entry.task) != nullptr) return kBroken;
    if (ledger.reported_.size() == kMaxLedgerTasks) return kBroken;
    ledger.reported_.push_back(entry);
  }
  return ledger;
}

}  // namespace baya::measure
