#include "lib/progress.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace baya::tools {
namespace {

double SecondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

Progress::Progress(std::string step)
    : step_(std::move(step)),
      terminal_(isatty(STDERR_FILENO) == 1),
      begin_(std::chrono::steady_clock::now()),
      drawn_(begin_) {}

Progress::~Progress() {
  std::fprintf(stderr, "%s%s: %.1f s\n", terminal_ ? "\r\033[K" : "", step_.c_str(),
               SecondsSince(begin_));
}

void Progress::Update(double done) {
  if (!terminal_) return;
  const std::lock_guard lock(mutex_);
  if (SecondsSince(drawn_) < 0.1) return;
  drawn_ = std::chrono::steady_clock::now();
  std::fprintf(stderr, "\r\033[K%s: %3.0f %%", step_.c_str(), done * 100);
}

}  // namespace baya::tools
