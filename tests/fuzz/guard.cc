#include "guard.h"

#include <malloc.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>

namespace baya::fuzz {
namespace {

constexpr long kTickMs = 100;

// One thread: what the signal handlers read stays as it is while they run.
struct State {
  const char* target = nullptr;  // null between executions
  ByteView input;
  size_t live = 0;  // since the execution began; wraps where older memory is given back
  size_t most = 0;
  long ticks = 0;
};
State state;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

void Say(const char* text) {
  if (write(STDERR_FILENO, text, std::strlen(text)) < 0) std::_Exit(1);
}

// Only what may be called in a signal handler.
[[noreturn]] void End(Ending ending, const char* what) {
  Say(what);
  Say(state.target == nullptr ? "no target" : state.target);
  Say("\ninput ");
  static constexpr char kDigits[] = "0123456789abcdef";
  for (const uint8_t byte : state.input) {
    const char digits[] = {kDigits[byte >> 4], kDigits[byte & 15], 0};
    Say(digits);
  }
  Say("\n");
  std::_Exit(static_cast<int>(ending));
}

void OnCrash(int) { End(Ending::kCrash, "crash: "); }

void OnTick(int) {
  if (state.target == nullptr) return;
  if (++state.ticks * kTickMs > kMostMs) End(Ending::kTooLong, "over a second: ");
}

void* Allocate(size_t size) {
  // Before it is asked of the machine.
  if (state.target != nullptr && size > kMostBytes) End(Ending::kTooMuch, "over 64 MiB: ");
  void* const memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  if (state.target == nullptr) return memory;
  state.live += malloc_usable_size(memory);
  const bool grown = static_cast<ptrdiff_t>(state.live) > static_cast<ptrdiff_t>(state.most);
  if (grown) state.most = state.live;
  if (state.most > kMostBytes) End(Ending::kTooMuch, "over 64 MiB: ");
  return memory;
}

void Free(void* memory) {
  if (memory != nullptr) state.live -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void StartGuard() {
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
    if (std::signal(signal, OnCrash) == SIG_ERR) std::abort();
  }
  if (std::signal(SIGPROF, OnTick) == SIG_ERR) std::abort();
  constexpr timeval kTick = {0, kTickMs * 1000};
  const itimerval timer = {kTick, kTick};
  if (setitimer(ITIMER_PROF, &timer, nullptr) != 0) std::abort();
}

Execution::Execution(const char* target, ByteView input) {
  state = {};
  state.input = input;
  state.target = target;
}

Execution::~Execution() { state.target = nullptr; }

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): of the one that runs
size_t Execution::bytes() const { return state.most; }

}  // namespace baya::fuzz

// Every allocation of C++ code, ours and the libraries'.
void* operator new(size_t size) { return baya::fuzz::Allocate(size); }
void* operator new[](size_t size) { return baya::fuzz::Allocate(size); }
void operator delete(void* memory) noexcept { baya::fuzz::Free(memory); }
void operator delete[](void* memory) noexcept { baya::fuzz::Free(memory); }
void operator delete(void* memory, size_t) noexcept { baya::fuzz::Free(memory); }
void operator delete[](void* memory, size_t) noexcept { baya::fuzz::Free(memory); }
