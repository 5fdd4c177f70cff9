// What the Leader keeps besides: reports that wait, jobs that run, answers for the Collector.
//
// Every function runs in the caller's transaction and throws DatabaseError.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "aggregator/store.h"
#include "dap/errors.h"

namespace baya::aggregator {

using ShareKey = int64_t;  // row of `input_share`
using JobKey = int64_t;    // row of `aggregation_job`

// False when the id was uploaded before.
bool AddUpload(Database& database, TaskKey task, const dap::Report& report, ByteView encoded);

struct WaitingShare {
  ShareKey key = 0;
  Bytes body;  // an encoded dap::Report: the input share still sealed
};
// In the order of their upload. Those of no job yet, or of one.
std::vector<WaitingShare> WaitingShares(Database& database, TaskKey task, int64_t limit);
std::vector<WaitingShare> SharesOfJob(Database& database, JobKey job);
// Of all tasks.
int64_t CountShares(Database& database);
// Those of an interval, up to `enough`: no more are looked at.
int64_t CountShares(Database& database, TaskKey task, const dap::Interval& interval,
                    uint64_t enough);

JobKey AddJob(Database& database, TaskKey task, ByteView request, std::span<const ShareKey> shares);
void DeleteShares(Database& database, std::span<const ShareKey> shares);
// The job and its input shares.
void DeleteJob(Database& database, JobKey job);
// The job alone: its input shares wait again.
void AbandonJob(Database& database, JobKey job);
// Those input shares of the job wait again; `which`: one for each, in the job's order.
void ReturnShares(Database& database, JobKey job, const std::vector<bool>& which);

struct StoredJob {
  JobKey key = 0;
  TaskKey task = 0;
  Bytes request;
};
std::vector<StoredJob> Jobs(Database& database);

enum class CollectionState : uint8_t {
  kWaiting = 0,  // for reports, or for the driver
  kClosed = 1,   // takes no more reports; what was uploaded is being aggregated
  kAsked = 2,    // the Helper is asked for its share
  kDone = 3,
  kFailed = 4,  // asking again starts it again
};

struct CollectionJob {
  int64_t key = 0;
  TaskKey task = 0;
  Bytes request;
  dap::Interval interval;
  CollectionState state = CollectionState::kWaiting;
  Bytes share_request;  // from kAsked on
  Bytes response;       // of kDone
  // Of kFailed. None: the Helper gave no share, and the interval stays closed.
  std::optional<dap::ProblemType> problem;

  bool IsGivenUp() const { return state == CollectionState::kFailed && !problem; }
};
std::optional<CollectionJob> FindCollectionJob(Database& database, TaskKey task,
                                               const ResourceId& id);
// Those that are neither done nor failed.
std::vector<CollectionJob> OpenCollectionJobs(Database& database);
void AddCollectionJob(Database& database, TaskKey task, const ResourceId& id, ByteView request,
                      const dap::Interval& interval);
// Whether the job is still as it was read: neither deleted, nor deleted and its row another's.
bool IsWaiting(Database& database, const CollectionJob& job);
// Stores state, share_request, response and problem.
void UpdateCollectionJob(Database& database, const CollectionJob& job);
// The answer alone: the interval stays closed.
void DeleteCollectionJob(Database& database, const CollectionJob& job);

}  // namespace baya::aggregator
