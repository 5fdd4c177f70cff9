#include "train/cost.h"

#include <sys/resource.h>

#include <cstdio>

namespace baya::tools {
namespace {

std::string Number(const std::string& name, double value, int digits) {
  char text[60];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return "\"" + name + "\": " + text;
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

void Cost::Step(const std::string& name) {
  const auto now = Clock::now();
  steps_.emplace_back(name, std::chrono::duration<double>(now - step_).count());
  step_ = now;
}

std::string Cost::Json(const std::vector<std::pair<std::string, size_t>>& counts) const {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::string text = "{";
  for (const auto& [name, count] : counts) {
    text += "\"" + name + "\": " + std::to_string(count) + ", ";
  }
  for (const auto& [name, seconds] : steps_) text += Number(name + "_seconds", seconds, 2) + ", ";
  text += Number("seconds", std::chrono::duration<double>(step_ - begin_).count(), 2) + ", ";
  text += Number("cpu_seconds", Seconds(usage.ru_utime) + Seconds(usage.ru_stime), 2) + ", ";
  // Linux counts ru_maxrss in units of 1,024 bytes.
  text += Number("peak_megabytes", static_cast<double>(usage.ru_maxrss) * 1024e-6, 1);
  return text + "}";
}

}  // namespace baya::tools
