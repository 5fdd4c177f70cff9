// A loop over all cores.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace baya::aggregator {

// Calls work(i) once for every i in [0, count). What the calls for different i share they must not
// change. Rethrows the first thing thrown.
template <typename Work>
void InParallel(size_t count, const Work& work) {
  // Below this many reports, starting threads costs more than it saves.
  constexpr size_t kWorthAThread = 4;
  const size_t wanted =
      std::min<size_t>(std::max(1U, std::thread::hardware_concurrency()), count / kWorthAThread);
  std::atomic<size_t> next{0};
  std::exception_ptr error;
  std::mutex mutex;
  const auto loop = [&] {
    try {
      for (size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!error) error = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < wanted; ++i) threads.emplace_back(loop);
  loop();
  for (std::thread& thread : threads) thread.join();
  if (error) std::rethrow_exception(error);
}

// work(i) for every i in [0, count), in order.
template <typename Work>
auto MapInParallel(size_t count, const Work& work) {
  std::vector<std::optional<std::invoke_result_t<Work, size_t>>> slots(count);
  InParallel(count, [&](size_t i) { slots[i].emplace(work(i)); });
  std::vector<std::invoke_result_t<Work, size_t>> values;
  values.reserve(count);
  for (auto& slot : slots) values.push_back(std::move(*slot));
  return values;
}

}  // namespace baya::aggregator
