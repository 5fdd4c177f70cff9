#include "aggregator/log.h"

#include <cstdio>
#include <ctime>
#include <mutex>

namespace baya::aggregator {
namespace {

std::mutex& LogMutex() {
  static std::mutex mutex;
  return mutex;
}

std::string& LogName() {
  static std::string name;
  return name;
}

}  // namespace

void SetLogName(const std::string& name) {
  const std::lock_guard lock(LogMutex());
  LogName() = name;
}

void Log(const std::string& message) {
  const std::lock_guard lock(LogMutex());
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char time[32];
  (void)std::strftime(time, sizeof time, "%Y-%m-%dT%H:%M:%SZ", &parts);
  (void)std::fprintf(stderr, "%s %s: %s\n", time, LogName().c_str(), message.c_str());
}

}  // namespace baya::aggregator
