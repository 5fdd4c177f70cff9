// Where measurements are taken, paid for, kept and given out: the tasks of the pack, and of this
// device the ledger, the queue and the log of reports, which the store holds.
//
// Ledger and log are kept under `store` and the queue under `measure`: withdrawing `measure`
// destroys what was not sent, refills nothing, and what was sent stays on record.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/host.h"
#include "base/result.h"
#include "base/status.h"
#include "dap/report_maker.h"
#include "engine/consent_desk.h"
#include "engine/site_plan.h"
#include "engine/store.h"
#include "measure/agreement.h"
#include "measure/ledger.h"
#include "measure/report_log.h"
#include "measure/report_queue.h"
#include "measure/task.h"
#include "pack/site_pack.h"
#include "profile/profile.h"

namespace baya::engine {

// One task of the pack, as far as this device takes part in it.
struct OfferedTask {
  measure::Task declared;
  std::optional<dap::Task> dap;  // nothing when the device does not take part
};

// Errors: those of measure::DecodeTasks.
Result<std::vector<measure::Task>> TasksOf(const pack::SitePack& pack);

// How a task stands, but for what the profile says.
enum class TaskState : uint8_t {
  kOff,       // the purpose is closed
  kRefused,   // this device does not take part
  kOver,      // outside the task's own interval
  kWaiting,   // the queue is full
  kReported,  // in this epoch already
  kNoBudget,
  kFree,  // a report may be made
};

class MeasureDesk {
 public:
  // All must outlive the desk.
  MeasureDesk(Host& host, dap::ReportMaker& maker, ConsentDesk& consent, Store& store)
      : host_(host), maker_(maker), consent_(consent), store_(store) {}
  MeasureDesk(const MeasureDesk&) = delete;
  MeasureDesk& operator=(const MeasureDesk&) = delete;

  // Before a pack is set.
  void AllowTestTasks(bool allowed) { allow_test_ = allowed; }

  // The tasks of a pack, whose bytes must outlive their use. One that disagrees with itself, or
  // that the plan shows too little for, is offered and refused.
  void SetTasks(std::vector<measure::Task> declared, const SitePlan& plan);

  // What the open vault holds. Losses that may have been charges close the budget epoch.
  Status Load();
  // Nothing is held: the vault is gone, or another one begins.
  void Reset();
  // Withdrawn or erased: what waits is gone, the log says so.
  Status DropWaiting();
  // The profile was erased: the log goes with it, the ledger stays.
  Status ForgetLog();
  // What waited or was remembered too long at `as_of_ms`. `keep_ms`: as for events.
  Status Expire(int64_t as_of_ms, int64_t keep_ms);

  const std::vector<OfferedTask>& tasks() const { return tasks_; }
  TaskState StateOf(const OfferedTask& task) const;
  // What the task would report now, shown to the person.
  Result<std::optional<uint32_t>> Preview(const OfferedTask& task, const pack::SitePack& pack,
                                          profile::Profile& profile);
  // Null when nothing was ever charged.
  const measure::Ledger* ledger() const { return ledger_ ? &*ledger_ : nullptr; }
  uint64_t budget_micro() const { return budget_micro_; }
  const measure::ReportQueue& queue() const { return queue_; }
  const measure::ReportLog& log() const { return log_; }

  // Tasks with room for a report that have something to say.
  Result<std::vector<const OfferedTask*>> Due(const pack::SitePack& pack,
                                              profile::Profile& profile);
  // When the first task that has no room now may have some; 0: none will by time alone.
  int64_t NextRoomMs() const;

  // Charges and queues one report. Errors: kNotFound (no such task, nothing to report),
  // kPermissionDenied (closed, refused), kFailedPrecondition (over, queue full), and those of
  // dap::ReportMaker, measure::Ledger::Pay, measure::MakeReport and the vault's.
  Status Make(const measure::TaskId& id, const dap::Recipients& recipients,
              const pack::SitePack& pack, profile::Profile& profile);

  // What may be sent now. Empty while `measure` is closed. Holds until the desk changes.
  Result<std::vector<const measure::WaitingReport*>> TakeUploads();
  // The leader has answered. kNotFound: it does not wait.
  Status End(const measure::ReportId& id, bool accepted);

 private:
  Result<consent::Use> LeaveToMeasure();
  bool IsOpen() const;
  measure::Ledger& LedgerForCharge();
  Result<std::optional<uint32_t>> MeasureNow(const OfferedTask& task, const pack::SitePack& pack,
                                             profile::Profile& profile);
  Status Keep(measure::WaitingReport waiting, measure::LogEntry logged);
  Status WriteLedger();
  Status WriteLog();
  Status WriteQueue();

  Host& host_;
  dap::ReportMaker& maker_;
  ConsentDesk& consent_;
  Store& store_;
  bool allow_test_ = false;
  uint64_t budget_micro_ = 0;
  std::vector<OfferedTask> tasks_;  // borrows from the pack
  std::optional<measure::Ledger> ledger_;
  measure::ReportQueue queue_;
  measure::ReportLog log_;
};

}  // namespace baya::engine
