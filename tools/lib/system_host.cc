#include "lib/system_host.h"

#include <sys/random.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace baya::tools {

int64_t SystemHost::NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void SystemHost::FillRandom(MutableByteView out) {
  while (!out.empty()) {
    const ssize_t count = getrandom(out.data(), out.size(), 0);
    if (count < 0) {
      (void)std::fputs("the machine gives no random bytes\n", stderr);
      std::abort();
    }
    out = out.subspan(static_cast<size_t>(count));
  }
}

}  // namespace baya::tools
