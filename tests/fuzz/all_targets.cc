#include "fuzz_target.h"

namespace baya::fuzz {

std::vector<Target> AllTargets() {
  std::vector<Target> all;
  for (const auto& part :
       {VaultTargets(), ConsentTargets(), ProfileTargets(), PackTargets(), MeasureTargets(),
        DapTargets(), EngineTargets(), TextTargets(), DeviceTargets()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace baya::fuzz
