// The Leader's own thread: verifies reports with the Helper, completes what the Collector asked
// for. Whatever it was doing when the process died, it goes on with from the database.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "aggregator/leader_store.h"
#include "aggregator/peer.h"
#include "aggregator/service.h"
#include "dap/leader.h"

namespace baya::aggregator {

// Waits longer after each failure in a row.
class Backoff {
 public:
  bool Due() const { return std::chrono::steady_clock::now() >= next_; }
  void Fail();
  std::chrono::steady_clock::time_point next() const { return next_; }

 private:
  std::chrono::milliseconds delay_{0};
  std::chrono::steady_clock::time_point next_{};
};

// How a question to the Helper for its share went so far.
struct Asked {
  Backoff backoff;
  std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
  int nonsense = 0;  // answers that were none
};

class Driver {
 public:
  // `parts` and `tasks` must outlive the driver, which begins at Start. `helper_patience`: after so
  // long without a share of the Helper, a collection fails until the Collector asks again.
  Driver(Parts& parts, const ServedTasks<dap::Leader>& tasks, std::chrono::seconds helper_patience);
  ~Driver();
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  void Start();
  // There may be work. Any thread.
  void Notify();
  // Leaves what is not done for the next start. Any thread.
  void Stop();

 private:
  using Task = ServedTask<dap::Leader>;

  struct Job {
    JobKey key = 0;
    const Task* task = nullptr;
    Bytes request;
    std::vector<dap::LeaderState> states;
    Backoff backoff;
  };

  void Loop();
  void Pass();
  bool Stopping();
  void WaitForWork();
  void Pause();

  void LoadJobs();
  bool MakeJob(const Task& task);
  // False: try again later.
  bool Drive(const Job& job);
  bool Finish(const Job& job, const PeerAnswer& answer);

  void Collect(CollectionJob job);
  void CloseBatch(const Task& task, CollectionJob& job);
  void AskForShare(const Task& task, CollectionJob& job);
  // False: try again later.
  bool FinishCollection(const Task& task, CollectionJob& job);
  void FailCollection(const Task& task, CollectionJob& job, dap::ProblemType problem);
  void GiveUp(const Task& task, CollectionJob& job, const std::string& why);

  // Whether the task may have another job at the Helper now.
  bool MayMakeJob(const Task& task) const;
  const Task* FindTask(TaskKey key) const;

  Parts& parts_;
  const ServedTasks<dap::Leader>& tasks_;
  const std::chrono::seconds helper_patience_;
  Peer peer_;
  std::vector<Job> jobs_;
  std::map<int64_t, Asked> asked_;                                 // by CollectionJob::key
  std::map<TaskKey, std::chrono::steady_clock::time_point> hold_;  // no new job before

  std::mutex mutex_;
  std::condition_variable changed_;
  bool work_ = true;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace baya::aggregator
