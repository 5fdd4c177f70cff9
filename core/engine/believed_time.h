// How late it is, for what ends with time: a device's clock may be wrong, and what it destroys by
// retention does not come back.
#pragma once

#include <cstdint>

namespace baya::engine {

// A jump of the clock by more than kMaxJumpMs, ahead or back, is believed once a start of the
// device at least kMinAgreeMs later, by the same clock, agrees that it is as late as that.
struct BelievedTime {
  int64_t last_ms = 0;     // at the last look that was believed; 0: none was
  int64_t doubted_ms = 0;  // what the clock said when it had jumped; 0: it has not

  // Takes in what the clock says. Returns the time by which something may expire: never later than
  // `now_ms`, nor than what was believed.
  int64_t Look(int64_t now_ms, bool at_start);

  friend bool operator==(const BelievedTime&, const BelievedTime&) = default;
};

}  // namespace baya::engine
