// One line on stderr that says how far a long step is.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace baya::tools {

// On a terminal the line is redrawn; elsewhere only the end of the step is written. Any thread
// may call Update.
class Progress {
 public:
  explicit Progress(std::string step);
  // Ends the line with the time the step took.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `done` in [0, 1].
  void Update(double done);

 private:
  std::string step_;
  bool terminal_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point begin_;
  std::chrono::steady_clock::time_point drawn_;
};

}  // namespace baya::tools
