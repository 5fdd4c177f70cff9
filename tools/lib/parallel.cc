#include "lib/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "lib/progress.h"

namespace baya::tools {

size_t ThreadCount() { return std::max(1u, std::thread::hardware_concurrency()); }

void ParallelFor(const std::string& step, size_t count,
                 const std::function<void(size_t thread, size_t i)>& work) {
  constexpr size_t kBlock = 16;  // enough that the counter costs nothing
  Progress progress(step);
  std::atomic<size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto run = [&](size_t thread) {
    try {
      for (size_t begin = next.fetch_add(kBlock); begin < count; begin = next.fetch_add(kBlock)) {
        for (size_t i = begin; i < std::min(begin + kBlock, count); ++i) work(thread, i);
        progress.Update(static_cast<double>(begin) / static_cast<double>(count));
      }
    } catch (...) {
      next = count;  // the others stop after what they have in hand
      const std::lock_guard lock(mutex);
      if (failure == nullptr) failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < ThreadCount(); ++i) threads.emplace_back(run, i);
  run(0);
  for (std::thread& thread : threads) thread.join();
  if (failure != nullptr) std::rethrow_exception(failure);
}

}  // namespace baya::tools
