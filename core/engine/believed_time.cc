#include "engine/believed_time.h"

#include <algorithm>

#include "engine/limits.h"

namespace baya::engine {
namespace {

bool IsNear(int64_t a_ms, int64_t b_ms) {
  return std::max(a_ms, b_ms) - std::min(a_ms, b_ms) <= kMaxJumpMs;
}

}  // namespace

int64_t BelievedTime::Look(int64_t now_ms, bool at_start) {
  if (last_ms == 0 || IsNear(now_ms, last_ms)) {
    *this = {now_ms, 0};
  } else if (doubted_ms == 0 || now_ms < doubted_ms) {
    doubted_ms = now_ms;
  } else if (at_start && now_ms - doubted_ms >= kMinAgreeMs) {
    // Both say that it is as late as the first of them did. How late it is now, one of them does.
    *this = IsNear(now_ms, doubted_ms) ? BelievedTime{now_ms, 0} : BelievedTime{doubted_ms, now_ms};
  }
  return std::min(last_ms, now_ms);
}

}  // namespace baya::engine
