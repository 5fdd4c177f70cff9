// The machine's clock and generator of random bytes.
#pragma once

#include "base/host.h"

namespace baya::tools {

// Safe to use from several threads at once.
class SystemHost final : public Host {
 public:
  int64_t NowMs() override;
  void FillRandom(MutableByteView out) override;
};

}  // namespace baya::tools
