// The driver's second half: collection jobs.
#include <string>
#include <utility>

#include "aggregator/driver.h"
#include "aggregator/limits.h"
#include "aggregator/log.h"
#include "aggregator/noise.h"
#include "dap/draft.h"
#include "lib/tool_error.h"

namespace baya::aggregator {

using dap::ProblemType;
using tools::OrThrow;

void Driver::Collect(CollectionJob job) {
  const Task* const task = FindTask(job.task);
  if (task == nullptr) return;
  if (job.state == CollectionState::kWaiting) CloseBatch(*task, job);
  if (job.state == CollectionState::kClosed) AskForShare(*task, job);
  if (job.state != CollectionState::kAsked || !asked_[job.key].backoff.Due()) return;
  if (FinishCollection(*task, job)) {
    asked_.erase(job.key);
  } else {
    asked_[job.key].backoff.Fail();
  }
}

// From here on the batch takes no more reports, so that its end does not move away while it is
// aggregated.
void Driver::CloseBatch(const Task& task, CollectionJob& job) {
  parts_.writer.Do([&](Database& database) {
    // The Collector may have deleted it while another job was driven.
    if (!IsWaiting(database, job)) return;
    const Batch batch = MergeBuckets(database, task.key, task.machine, job.interval);
    const int64_t waiting =
        CountShares(database, task.key, job.interval, task.machine.task().min_batch_size);
    if (AnyClosed(database, task.key, job.interval)) {
      job.state = CollectionState::kFailed;
      job.problem = ProblemType::kBatchOverlap;
    } else if (batch.sum.report_count + static_cast<uint64_t>(waiting) >=
               task.machine.task().min_batch_size) {
      Close(database, task.key, job.interval);
      job.state = CollectionState::kClosed;
    } else if (waiting == 0) {
      job.state = CollectionState::kFailed;
      job.problem = ProblemType::kInvalidBatchSize;
    } else {
      return;
    }
    UpdateCollectionJob(database, job);
  });
  if (job.state == CollectionState::kFailed) {
    Log("task " + task.name +
        ": a batch was refused: " + std::string(dap::ProblemUrn(*job.problem)));
  }
}

void Driver::AskForShare(const Task& task, CollectionJob& job) {
  bool small = false;
  parts_.writer.Do([&](Database& database) {
    if (CountShares(database, task.key, job.interval, 1) > 0) return;
    const Batch batch = MergeBuckets(database, task.key, task.machine, job.interval);
    small = !task.machine.IsLargeEnough(batch.sum);
    if (small) return;
    job.share_request =
        OrThrow(task.machine.EncodeAggregateShareReq(job.request, job.interval, batch.sum),
                "asking for the Helper's share");
    job.state = CollectionState::kAsked;
    UpdateCollectionJob(database, job);
  });
  if (small) FailCollection(task, job, ProblemType::kInvalidBatchSize);
}

bool Driver::FinishCollection(const Task& task, CollectionJob& job) {
  const PeerAnswer answer = peer_.Create(task.machine.task().id, "aggregate_shares",
                                         dap::kAggregateShareReqType, job.share_request);
  if (answer.kind == PeerAnswer::Kind::kRefused) {
    FailCollection(task, job, *answer.problem);
    return true;
  }
  Asked& asked = asked_[job.key];
  if (answer.kind == PeerAnswer::Kind::kFailed) {
    if (Stopping()) return false;
    Log("task " + task.name + ": no aggregate share of the Helper yet (" + answer.Why() + ")");
    if (std::chrono::steady_clock::now() - asked.since < helper_patience_) return false;
    GiveUp(task, job, answer.Why());
    return true;
  }
  if (!dap::DecodeHpkeCiphertext(AsBytes(answer.body)).ok()) {
    Log("task " + task.name + ": the Helper's answer is no aggregate share");
    if (++asked.nonsense < kMaxNonsense) return false;
    GiveUp(task, job, "its answers are none");
    return true;
  }
  parts_.writer.Do([&](Database& database) {
    Batch batch = MergeBuckets(database, task.key, task.machine, job.interval);
    AddNoise(task.noise, parts_.host, batch.sum);
    const Bytes leader_share = OrThrow(
        task.machine.SealAggregateShare(job.request, batch.sum.agg_share.Expose(), parts_.host),
        "sealing the aggregate share");
    job.response =
        OrThrow(task.machine.EncodeCollectionJobResp(batch.sum.report_count, batch.interval,
                                                     leader_share, AsBytes(answer.body)),
                "the Helper's aggregate share");
    job.state = CollectionState::kDone;
    ScrubBuckets(database, task.key, job.interval);
    UpdateCollectionJob(database, job);
  });
  parts_.writer.Scrub();
  Log("task " + task.name + ": a batch was collected");
  return true;
}

void Driver::FailCollection(const Task& task, CollectionJob& job, ProblemType problem) {
  job.state = CollectionState::kFailed;
  job.problem = problem;
  job.share_request.clear();
  parts_.writer.Do([&](Database& database) {
    Reopen(database, task.key, job.interval);
    UpdateCollectionJob(database, job);
  });
  Log("task " + task.name + ": a batch was refused: " + std::string(dap::ProblemUrn(problem)));
}

// The Helper may have closed the batch: it stays closed here too, and who asks again asks the
// Helper the same again.
void Driver::GiveUp(const Task& task, CollectionJob& job, const std::string& why) {
  job.state = CollectionState::kFailed;
  job.problem.reset();
  parts_.writer.Do([&](Database& database) { UpdateCollectionJob(database, job); });
  Log("task " + task.name + ": a collection is given up, the Helper gave no aggregate share (" +
      why + ")");
}

}  // namespace baya::aggregator
