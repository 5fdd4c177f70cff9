// What training took.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace baya::tools {

// Times of steps since it was made, and the process's processor time and largest memory
// (getrusage(2)).
class Cost {
 public:
  // Ends the step that began with the last call or the constructor.
  void Step(const std::string& name);

  // One line of JSON: `counts`, "NAME_seconds" for each step, "seconds" for all, "cpu_seconds"
  // (all threads) and "peak_megabytes" (of 10^6 bytes).
  std::string Json(const std::vector<std::pair<std::string, size_t>>& counts) const;

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point step_ = begin_;
  std::vector<std::pair<std::string, double>> steps_;
};

}  // namespace baya::tools
