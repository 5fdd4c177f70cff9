#include "aggregator/driver.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "aggregator/limits.h"
#include "aggregator/log.h"
#include "aggregator/workers.h"
#include "dap/draft.h"
#include "lib/tool_error.h"

namespace baya::aggregator {
namespace {

using Clock = std::chrono::steady_clock;
using tools::OrThrow;

// Jobs of a task that wait for the Helper at once; their verification states are in memory. Of
// each task: one that the Helper does not take must not stop the others.
constexpr std::ptrdiff_t kMaxJobs = 4;

// Reports that come in together go into one job.
constexpr std::chrono::milliseconds kGather{100};

using InitOutcome = dap::OfReport<dap::LeaderStep>;

// The Leader's half of verification, of reports as they were uploaded.
std::vector<InitOutcome> InitAll(const dap::Leader& leader, const Parts& parts,
                                 const std::vector<WaitingShare>& shares) {
  const uint64_t now_s = parts.NowS();
  return MapInParallel(shares.size(), [&](size_t i) -> InitOutcome {
    const auto reports = leader.DecodeUpload(shares[i].body);
    if (!reports.ok() || reports->size() != 1) return dap::ReportError::kInvalidMessage;
    const auto stored = leader.CheckUpload(reports->front(), parts.keys, now_s);
    if (!stored.ok()) return stored.error();
    return leader.Init(*stored);
  });
}

}  // namespace

void Backoff::Fail() {
  delay_ = std::clamp(delay_ * 2, kFirstRetry, kLastRetry);
  next_ = Clock::now() + delay_;
}

Driver::Driver(Parts& parts, const ServedTasks<dap::Leader>& tasks,
               std::chrono::seconds helper_patience)
    : parts_(parts),
      tasks_(tasks),
      helper_patience_(helper_patience),
      peer_(parts.settings.peer_url, parts.settings.aggregator_token) {}

Driver::~Driver() { Stop(); }

void Driver::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Driver::Notify() {
  {
    const std::lock_guard lock(mutex_);
    work_ = true;
  }
  changed_.notify_all();
}

void Driver::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  peer_.Stop();
  if (thread_.joinable()) thread_.join();
}

bool Driver::Stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Driver::WaitForWork() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kIdle, [this] { return stopping_ || work_; });
  const bool told = work_;
  changed_.wait_for(lock, told ? kGather : std::chrono::milliseconds(0),
                    [this] { return stopping_; });
  work_ = false;
}

void Driver::Pause() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kAfterError, [this] { return stopping_; });
}

void Driver::Loop() {
  bool loaded = false;
  while (!Stopping()) {
    try {
      if (!loaded) LoadJobs();
      loaded = true;
      Pass();
      WaitForWork();
    } catch (const tools::ToolError& error) {
      Log(error.what());
      Pause();
    }
  }
}

void Driver::Pass() {
  bool more = true;
  while (more && !Stopping()) {
    more = false;
    std::vector<Job> kept;
    for (Job& job : jobs_) {
      if (job.backoff.Due() && !Stopping() && Drive(job)) {
        more = true;
        continue;
      }
      if (job.backoff.Due()) job.backoff.Fail();
      kept.push_back(std::move(job));
    }
    jobs_ = std::move(kept);
    for (const auto& [id, task] : tasks_) {
      if (MayMakeJob(task) && MakeJob(task)) more = true;
    }
  }
  const std::vector<CollectionJob> open =
      parts_.writer.Do([](Database& database) { return OpenCollectionJobs(database); });
  for (const CollectionJob& job : open) {
    if (!Stopping()) Collect(job);
  }
}

const Driver::Task* Driver::FindTask(TaskKey key) const {
  for (const auto& [id, task] : tasks_) {
    if (task.key == key) return &task;
  }
  return nullptr;
}

void Driver::LoadJobs() {
  jobs_.clear();
  const std::vector<StoredJob> stored =
      parts_.writer.Do([](Database& database) { return Jobs(database); });
  for (const StoredJob& one : stored) {
    const Task* const task = FindTask(one.task);
    if (task == nullptr) continue;
    const std::vector<WaitingShare> shares =
        parts_.writer.Do([&](Database& database) { return SharesOfJob(database, one.key); });
    Job job{one.key, task, one.request, {}, {}};
    for (InitOutcome& outcome : InitAll(task->machine, parts_, shares)) {
      if (!outcome.ok()) {
        throw tools::ToolError("task " + task->name +
                               ": a report of a job can no longer be opened: was a key removed?");
      }
      job.states.push_back(std::move(outcome->state));
    }
    jobs_.push_back(std::move(job));
  }
  if (!jobs_.empty()) Log("going on with " + std::to_string(jobs_.size()) + " aggregation jobs");
}

bool Driver::MayMakeJob(const Task& task) const {
  const auto hold = hold_.find(task.key);
  if (hold != hold_.end() && Clock::now() < hold->second) return false;
  return std::count_if(jobs_.begin(), jobs_.end(),
                       [&task](const Job& job) { return job.task == &task; }) < kMaxJobs;
}

bool Driver::MakeJob(const Task& task) {
  const std::vector<WaitingShare> shares = parts_.writer.Do(
      [&](Database& database) { return WaitingShares(database, task.key, kJobReports); });
  if (shares.empty()) return false;
  std::vector<InitOutcome> outcomes = InitAll(task.machine, parts_, shares);
  Job job{0, &task, {}, {}, {}};
  std::vector<dap::VerifyInit> verify_inits;
  std::vector<ShareKey> taken;
  std::vector<ShareKey> refused;
  for (size_t i = 0; i < shares.size(); ++i) {
    if (!outcomes[i].ok()) {
      refused.push_back(shares[i].key);
      continue;
    }
    taken.push_back(shares[i].key);
    job.states.push_back(std::move(outcomes[i]->state));
    verify_inits.push_back(std::move(outcomes[i]->verify_init));
  }
  if (!taken.empty()) {
    job.request = OrThrow(task.machine.EncodeInitReq(verify_inits), "making a job");
  }
  job.key = parts_.writer.Do([&](Database& database) {
    DeleteShares(database, refused);
    return taken.empty() ? JobKey{0} : AddJob(database, task.key, job.request, taken);
  });
  if (!refused.empty()) {
    parts_.writer.Scrub();
    Log("task " + task.name + ": " + std::to_string(refused.size()) + " reports were not valid");
  }
  if (!taken.empty()) jobs_.push_back(std::move(job));
  return true;
}

bool Driver::Drive(const Job& job) {
  const PeerAnswer answer = peer_.Create(job.task->machine.task().id, "aggregation_jobs",
                                         dap::kAggregationJobInitReqType, job.request);
  if (answer.kind == PeerAnswer::Kind::kAnswered) return Finish(job, answer);
  if (Stopping()) return false;
  Log("task " + job.task->name + ": the Helper did not take a job (" + answer.Why() +
      "); trying again");
  return false;
}

bool Driver::Finish(const Job& job, const PeerAnswer& answer) {
  const Task& task = *job.task;
  const auto responses = task.machine.DecodeResp(AsBytes(answer.body), job.states);
  if (!responses.ok()) {
    // "MUST abandon the aggregation job"; its reports may go into another.
    Log("task " + task.name + ": the Helper's answer is not one; the job is abandoned");
    parts_.writer.Do([&](Database& database) { AbandonJob(database, job.key); });
    hold_[task.key] = Clock::now() + kLastRetry;
    peer_.Delete(answer.path);
    return true;
  }
  std::vector<SecretBytes> out_shares(job.states.size());
  std::vector<bool> early(job.states.size());
  size_t added = 0;
  for (size_t i = 0; i < job.states.size(); ++i) {
    auto out_share = task.machine.Continue(job.states[i], (*responses)[i]);
    if (out_share.ok()) {
      out_shares[i] = std::move(*out_share);
      ++added;
    } else {
      early[i] = out_share.error() == dap::ReportError::kReportTooEarly;
    }
  }
  const bool any_early = std::find(early.begin(), early.end(), true) != early.end();
  parts_.writer.Do([&](Database& database) {
    Buckets buckets(database, task.key, task.machine);
    for (size_t i = 0; i < out_shares.size(); ++i) {
      if (out_shares[i].empty()) continue;
      buckets.Commit(job.states[i].time, job.states[i].report_id, out_shares[i].Expose());
    }
    buckets.Save();
    if (any_early) ReturnShares(database, job.key, early);
    DeleteJob(database, job.key);
  });
  if (any_early) hold_[task.key] = Clock::now() + kLastRetry;
  parts_.writer.Scrub();
  Log("task " + task.name + ": a job of " + std::to_string(out_shares.size()) + " reports, " +
      std::to_string(added) + " added up");
  peer_.Delete(answer.path);
  return true;
}

}  // namespace baya::aggregator
