#include "engine/measure_desk.h"

#include <algorithm>
#include <utility>

#include "engine/limits.h"
#include "measure/limits.h"
#include "measure/measurement.h"
#include "measure/report.h"
#include "profile/data_plan.h"

namespace baya::engine {
namespace {

using consent::Operation;
using consent::Purpose;
using measure::Ledger;
using measure::ReportState;
using measure::Room;

// As the access log names it.
constexpr std::string_view kReportsCaller = "reports";

// What measuring reads of events.
bool ShowsEnough(const SitePlan& plan) {
  for (const std::string_view name :
       {profile::field::kItemId, profile::field::kItemQuantity, profile::field::kListId}) {
    if (!profile::MayUse(plan.data, name, Purpose::kMeasure)) return false;
  }
  return true;
}

bool MayHaveLostCharges(const vault::RecoveryReport& report) {
  return report.head_lost || report.rolled_back || report.keys_rolled_back ||
         report.lost_records > 0 || !report.damage.empty();
}

}  // namespace

Result<std::vector<measure::Task>> TasksOf(const pack::SitePack& pack) {
  const std::optional<ByteView> section = pack.Section(pack::SectionType::kTasks);
  if (!section) return std::vector<measure::Task>();
  return measure::DecodeTasks(*section);
}

void MeasureDesk::SetTasks(std::vector<measure::Task> declared, const SitePlan& plan) {
  tasks_.clear();
  budget_micro_ = plan.budget_epsilon_micro;
  const bool shows_enough = ShowsEnough(plan);
  for (measure::Task& task : declared) {
    OfferedTask offered;
    const bool allowed = allow_test_ || task.descriptor.policy == measure::Policy::kProduction;
    if (shows_enough && allowed) {
      Result<dap::Task> agreed = measure::Agree(task);
      if (agreed.ok()) offered.dap = std::move(*agreed);
    }
    offered.declared = std::move(task);
    tasks_.push_back(std::move(offered));
  }
}

void MeasureDesk::Reset() {
  ledger_.reset();
  queue_ = {};
  log_ = {};
}

Status MeasureDesk::Load() {
  Reset();
  const int64_t now_ms = host_.NowMs();
  bool lost = MayHaveLostCharges(store_.vault()->report());
  if (const auto bytes = store_.LoadSnapshot(SnapshotKind::kLedger)) {
    Result<Ledger> ledger = Ledger::Decode(*bytes);
    lost = lost || !ledger.ok();
    if (ledger.ok()) ledger_ = std::move(*ledger);
  }
  // What cannot be read counts as not there.
  if (const auto bytes = store_.LoadSnapshot(SnapshotKind::kReportLog)) {
    Result<measure::ReportLog> log = measure::ReportLog::Decode(*bytes);
    if (log.ok()) log_ = std::move(*log);
  }
  if (const auto bytes = store_.LoadSnapshot(SnapshotKind::kReportQueue)) {
    Result<measure::ReportQueue> queue = measure::ReportQueue::Decode(*bytes);
    if (queue.ok()) queue_ = std::move(*queue);
  }
  if (!lost) return OkStatus();
  LedgerForCharge().CloseEpoch(now_ms);
  return WriteLedger();
}

Status MeasureDesk::DropWaiting() {
  queue_ = {};
  const bool any = log_.WithdrawWaiting(host_.NowMs());
  return any && store_.Keeps() ? WriteLog() : OkStatus();
}

Status MeasureDesk::ForgetLog() {
  queue_ = {};
  log_ = {};
  return ledger_ && store_.Keeps() ? WriteLedger() : OkStatus();
}

Status MeasureDesk::Expire(int64_t as_of_ms, int64_t keep_ms) {
  std::vector<measure::ReportId> stale;
  for (const measure::WaitingReport& report : queue_.reports()) {
    if (as_of_ms - report.made_ms >= measure::kMaxWaitMs) stale.push_back(report.id);
  }
  for (const measure::ReportId& id : stale) {
    queue_.Remove(id);
    log_.End(id, ReportState::kGivenUp, as_of_ms);
  }
  const bool forgot = log_.Expire(as_of_ms - keep_ms);
  if (!stale.empty()) BAYA_RETURN_IF_ERROR(WriteQueue());
  return forgot || !stale.empty() ? WriteLog() : OkStatus();
}

bool MeasureDesk::IsOpen() const {
  return store_.Keeps() && consent_.Decide(Purpose::kMeasure).open();
}

TaskState MeasureDesk::StateOf(const OfferedTask& task) const {
  if (!task.dap) return TaskState::kRefused;
  if (!IsOpen()) return TaskState::kOff;
  const int64_t now_ms = host_.NowMs();
  const auto now_s = static_cast<uint64_t>(std::max<int64_t>(now_ms, 0) / 1000);
  const auto& interval = task.dap->task_interval;
  if (interval && !interval->Contains(task.dap->TimeAt(now_s))) return TaskState::kOver;
  const Ledger& ledger = ledger_ ? *ledger_ : Ledger(now_ms);
  switch (ledger.Look(task.declared, budget_micro_, now_ms)) {
    case Room::kReported:
      return TaskState::kReported;
    case Room::kExhausted:
      return TaskState::kNoBudget;
    case Room::kFree:
      break;
  }
  return queue_.full() ? TaskState::kWaiting : TaskState::kFree;
}

Result<std::optional<uint32_t>> MeasureDesk::Preview(const OfferedTask& task,
                                                     const pack::SitePack& pack,
                                                     profile::Profile& profile) {
  BAYA_ASSIGN_OR_RETURN(auto&& use,
                        consent_.Check(Purpose::kStore, Operation::kShow, consent::kPerson));
  return measure::Measure(std::move(use), task.declared.descriptor, pack.shop(), profile);
}

Result<consent::Use> MeasureDesk::LeaveToMeasure() {
  return consent_.Check(Purpose::kMeasure, Operation::kMeasure, kReportsCaller);
}

Result<std::optional<uint32_t>> MeasureDesk::MeasureNow(const OfferedTask& task,
                                                        const pack::SitePack& pack,
                                                        profile::Profile& profile) {
  BAYA_ASSIGN_OR_RETURN(auto&& use, LeaveToMeasure());
  return measure::Measure(std::move(use), task.declared.descriptor, pack.shop(), profile);
}

Result<std::vector<const OfferedTask*>> MeasureDesk::Due(const pack::SitePack& pack,
                                                         profile::Profile& profile) {
  std::vector<const OfferedTask*> due;
  for (const OfferedTask& task : tasks_) {
    if (StateOf(task) != TaskState::kFree) continue;
    BAYA_ASSIGN_OR_RETURN(const std::optional<uint32_t>& bucket, MeasureNow(task, pack, profile));
    if (bucket) due.push_back(&task);
  }
  return due;
}

int64_t MeasureDesk::NextRoomMs() const {
  if (!ledger_) return 0;
  int64_t next_ms = 0;
  for (const OfferedTask& task : tasks_) {
    int64_t room_ms = 0;
    const TaskState state = StateOf(task);
    if (state == TaskState::kReported) room_ms = ledger_->NextReportMs(task.declared.id);
    if (state == TaskState::kNoBudget) room_ms = ledger_->EpochEndMs(host_.NowMs());
    if (room_ms == 0) continue;
    next_ms = next_ms == 0 ? room_ms : std::min(next_ms, room_ms);
  }
  return next_ms;
}

Ledger& MeasureDesk::LedgerForCharge() {
  if (!ledger_) ledger_.emplace(host_.NowMs());
  return *ledger_;
}

Status MeasureDesk::Make(const measure::TaskId& id, const dap::Recipients& recipients,
                         const pack::SitePack& pack, profile::Profile& profile) {
  const auto task = std::find_if(tasks_.begin(), tasks_.end(), [&id](const OfferedTask& offered) {
    return offered.declared.id == id;
  });
  if (task == tasks_.end()) return kError<StatusCode::kNotFound, "there is no such task">;
  const TaskState state = StateOf(*task);
  if (state == TaskState::kRefused) {
    return kError<StatusCode::kPermissionDenied, "this device does not take part in the task">;
  }
  if (state == TaskState::kOver || state == TaskState::kWaiting) {
    return kError<StatusCode::kFailedPrecondition, "the task takes no report now">;
  }
  // Whatever can fail comes before the charge, which is never given back.
  BAYA_RETURN_IF_ERROR(maker_.Check(recipients));
  BAYA_ASSIGN_OR_RETURN(const std::optional<uint32_t>& bucket, MeasureNow(*task, pack, profile));
  if (!bucket) return kError<StatusCode::kNotFound, "there is nothing to report">;
  BAYA_ASSIGN_OR_RETURN(auto&& use, LeaveToMeasure());
  BAYA_ASSIGN_OR_RETURN(auto&& charge, LedgerForCharge().Pay(use, task->declared, budget_micro_));
  BAYA_RETURN_IF_ERROR(WriteLedger());
  BAYA_ASSIGN_OR_RETURN(auto&& made,
                        measure::MakeReport(std::move(use), std::move(charge), task->declared,
                                            *task->dap, *bucket, recipients, maker_, host_));
  return Keep(std::move(made.waiting), std::move(made.logged));
}

// In the same batch as the charge: both are durable, or neither is.
Status MeasureDesk::Keep(measure::WaitingReport waiting, measure::LogEntry logged) {
  BAYA_ASSIGN_OR_RETURN(waiting.sequence, store_.AppendReportMark(waiting.id));
  const measure::ReportId id = waiting.id;
  queue_.Add(std::move(waiting));
  log_.Add(std::move(logged));
  Status written = WriteQueue();
  if (written.ok()) written = WriteLog();
  if (!written.ok()) {
    queue_.Remove(id);
    log_.End(id, ReportState::kGivenUp, host_.NowMs());
  }
  return written;
}

Result<std::vector<const measure::WaitingReport*>> MeasureDesk::TakeUploads() {
  const int64_t next_ms = queue_.NextDueMs();
  const bool any = next_ms != 0 && next_ms <= host_.NowMs();
  if (!any || !IsOpen()) return std::vector<const measure::WaitingReport*>();
  BAYA_ASSIGN_OR_RETURN(auto&& use, LeaveToMeasure());
  return queue_.Due(std::move(use), store_.vault()->durable_end());
}

Status MeasureDesk::End(const measure::ReportId& id, bool accepted) {
  if (!queue_.Remove(id)) return kError<StatusCode::kNotFound, "no such report waits">;
  log_.End(id, accepted ? ReportState::kSent : ReportState::kRefused, host_.NowMs());
  BAYA_RETURN_IF_ERROR(WriteQueue());
  return WriteLog();
}

Status MeasureDesk::WriteLedger() {
  BAYA_ASSIGN_OR_RETURN(const Bytes& bytes, ledger_->Encode());
  return store_.WriteSnapshot(SnapshotKind::kLedger, bytes);
}

Status MeasureDesk::WriteLog() {
  BAYA_ASSIGN_OR_RETURN(const Bytes& bytes, log_.Encode());
  return store_.WriteSnapshot(SnapshotKind::kReportLog, bytes);
}

Status MeasureDesk::WriteQueue() {
  BAYA_ASSIGN_OR_RETURN(const Bytes& bytes, queue_.Encode());
  return store_.WriteSnapshot(SnapshotKind::kReportQueue, bytes);
}

}  // namespace baya::engine
