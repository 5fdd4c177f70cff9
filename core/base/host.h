// What the core needs from the world it runs in and may not fetch itself.
#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace baya {

class Host {
 public:
  virtual ~Host() = default;

  // Milliseconds since 1970-01-01T00:00:00Z. May stand still or go back.
  virtual int64_t NowMs() = 0;

  // Fills all of `out` with bytes fit for keys. Cannot fail: a host without entropy must stop.
  virtual void FillRandom(MutableByteView out) = 0;
};

}  // namespace baya
