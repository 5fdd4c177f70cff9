// Replays the fuzz seeds and mutations of them: changed, removed, inserted and copied bytes.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "base/testing/test_host.h"
#include "vault/testing/fuzz_vault.h"

namespace baya::vault {
namespace {

using testing::FuzzSeeds;
using testing::FuzzVault;

class Mutator {
 public:
  void Mutate(Bytes& input) {
    for (size_t n = 1 + Draw(3); n > 0; --n) MutateOnce(input);
  }

  size_t Draw(size_t below) {
    uint8_t bytes[3];
    host_.FillRandom(bytes);
    return (size_t{bytes[0]} << 16 | size_t{bytes[1]} << 8 | bytes[2]) % below;
  }

 private:
  void MutateOnce(Bytes& input) {
    if (input.size() < 3) return;
    const auto at = static_cast<std::ptrdiff_t>(1 + Draw(input.size() - 1));
    static constexpr uint8_t kInteresting[] = {0, 1, 2, 0x7f, 0x80, 0xfe, 0xff};
    switch (Draw(5)) {
      case 0:
        input[static_cast<size_t>(at)] ^= static_cast<uint8_t>(1u << Draw(8));
        return;
      case 1:
        input[static_cast<size_t>(at)] = kInteresting[Draw(sizeof(kInteresting))];
        return;
      case 2:
        input.resize(static_cast<size_t>(at));
        return;
      case 3:
        input.insert(input.begin() + at, static_cast<uint8_t>(Draw(256)));
        return;
      default:
        input.erase(input.begin() + at);
        return;
    }
  }

  baya::testing::TestHost host_{77};
};

TEST(FuzzVaultTest, SeedsAndMutationsDoNoHarm) {
  const std::vector<Bytes> seeds = FuzzSeeds();
  FuzzVault({});
  for (const Bytes& seed : seeds) FuzzVault(seed);
  const int mutations = std::getenv("BAYA_FULL") != nullptr ? 1'000'000 : 20'000;
  Mutator mutator;
  for (int i = 0; i < mutations; ++i) {
    Bytes input = seeds[mutator.Draw(seeds.size())];
    mutator.Mutate(input);
    FuzzVault(input);
  }
  std::printf("%zu seeds, %d mutations\n", seeds.size(), mutations);
}

}  // namespace
}  // namespace baya::vault
