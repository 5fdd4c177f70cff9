// Storage that fails, tears, scatters or shortens a batch, or a process that dies, at every batch
// of random scripts of appends, snapshots, merges, destructions, erasures and rotations.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "vault/testing/crash_model.h"

namespace baya::vault {
namespace {

using testing::CrashModel;
using testing::FaultKind;

TEST(VaultCrashTest, NoAcknowledgedRecordIsLostAndNoneIsAltered) {
  const int wanted = std::getenv("BAYA_FULL") != nullptr ? 10'000 : 500;
  int points = 0;
  uint64_t checked = 0;
  for (uint64_t seed = 1; points < wanted; ++seed) {
    for (int fault = 0; fault < static_cast<int>(FaultKind::kCount); ++fault) {
      bool struck = true;
      for (int at = 0; struck; ++at) {
        CrashModel model(seed, static_cast<FaultKind>(fault), at);
        model.Run();
        ASSERT_FALSE(HasFailure()) << "seed " << seed << ", fault " << fault << ", batch " << at;
        struck = model.struck();
        if (struck) ++points;
        checked += model.acknowledged();
      }
    }
  }
  std::printf("%d crash points, %llu acknowledged records looked for, 0 lost, 0 altered\n", points,
              static_cast<unsigned long long>(checked));
}

}  // namespace
}  // namespace baya::vault
