#include "aggregator/writer.h"

#include <chrono>
#include <exception>
#include <vector>

namespace baya::aggregator {
namespace {

// A transaction with more in it keeps the first of them waiting for long.
constexpr size_t kMaxTasks = 256;

// How long bytes that were deleted may stay in the write-ahead log while others write to it.
constexpr std::chrono::seconds kScrubAfter{1};

}  // namespace

Writer::Writer(std::unique_ptr<Database> database)
    : database_(std::move(database)), thread_([this] { Loop(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Writer::Add(Task task) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(task));
  }
  changed_.notify_one();
}

void Writer::Scrub() {
  const std::lock_guard lock(mutex_);
  scrub_ = true;
}

void Writer::Loop() {
  auto scrubbed = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait_for(lock, kScrubAfter, [this] { return stopping_ || !waiting_.empty(); });
    std::deque<Task> tasks;
    while (!waiting_.empty() && tasks.size() < kMaxTasks) {
      tasks.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    const auto now = std::chrono::steady_clock::now();
    const bool scrub = scrub_ && now - scrubbed >= kScrubAfter;
    if (scrub) scrub_ = false;
    const bool last = stopping_ && tasks.empty();
    lock.unlock();
    if (!tasks.empty()) Commit(tasks);
    bool again = false;
    if (scrub || last) {
      again = !database_->Checkpoint();
      scrubbed = now;
    }
    lock.lock();
    if (again) scrub_ = true;
    if (last) return;
  }
}

void Writer::Commit(std::deque<Task>& tasks) {
  std::vector<std::exception_ptr> errors(tasks.size());
  try {
    Transaction transaction(*database_);
    for (size_t i = 0; i < tasks.size(); ++i) {
      try {
        Savepoint savepoint(*database_);
        tasks[i].run(*database_);
        savepoint.Keep();
      } catch (...) {
        errors[i] = std::current_exception();
      }
    }
    transaction.Commit();
  } catch (...) {
    errors.assign(tasks.size(), std::current_exception());
  }
  for (size_t i = 0; i < tasks.size(); ++i) {
    if (errors[i]) {
      tasks[i].fail(errors[i]);
    } else {
      tasks[i].succeed();
    }
  }
}

}  // namespace baya::aggregator
