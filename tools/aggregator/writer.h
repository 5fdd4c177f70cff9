// The one thread that writes to the database.
//
// Whatever waits when it comes round goes into one transaction (group commit): a disk that syncs a
// hundred times a second does not limit uploads to a hundred a second. Each piece of work is undone
// by itself when it throws; all of them fail together when the commit fails.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include "aggregator/sqlite.h"

namespace baya::aggregator {

class Writer {
 public:
  // `database` is used by the writer's thread alone from here on.
  explicit Writer(std::unique_ptr<Database> database);
  // Finishes what waits, empties the write-ahead log.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Runs work(Database&) in a transaction and returns its result once that is durable. Any thread
  // but the writer's own. Throws what `work` threw, or DatabaseError.
  template <typename Work>
  std::invoke_result_t<Work, Database&> Do(Work work) {
    using Value = std::invoke_result_t<Work, Database&>;
    // Shared, because the writer may still be in set_value when the caller has its value.
    const auto promise = std::make_shared<std::promise<Value>>();
    std::future<Value> future = promise->get_future();
    Add(MakeTask(std::move(work), promise));
    return future.get();
  }

  // Something that had to vanish was deleted: empties the write-ahead log soon, where it still is.
  void Scrub();

 private:
  struct Task {
    std::function<void(Database&)> run;  // may throw
    std::function<void()> succeed;
    std::function<void(std::exception_ptr)> fail;
  };

  template <typename Work, typename Value>
  static Task MakeTask(Work work, const std::shared_ptr<std::promise<Value>>& promise) {
    Task task;
    if constexpr (std::is_void_v<Value>) {
      task.run = std::move(work);
      task.succeed = [promise] { promise->set_value(); };
    } else {
      const auto value = std::make_shared<std::unique_ptr<Value>>();
      task.run = [work = std::move(work), value](Database& database) mutable {
        *value = std::make_unique<Value>(work(database));
      };
      task.succeed = [value, promise] { promise->set_value(std::move(**value)); };
    }
    task.fail = [promise](const std::exception_ptr& error) { promise->set_exception(error); };
    return task;
  }

  void Add(Task task);
  void Loop();
  void Commit(std::deque<Task>& tasks);

  std::unique_ptr<Database> database_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> waiting_;
  bool scrub_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace baya::aggregator
