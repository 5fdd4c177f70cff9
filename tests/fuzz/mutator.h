// Inputs made of others: bits and bytes changed, bytes inserted, removed, repeated, cut off, and
// the ends of two inputs exchanged. What a decoder took is gone on from.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace baya::fuzz {

class Mutator {
 public:
  // Inputs are at most as long as the longest seed and kGrowth.
  static constexpr size_t kGrowth = 512;

  // `seeds`: at least one.
  Mutator(uint64_t seed, std::vector<Bytes> seeds);

  Bytes Next();
  // Goes on from `input` as well, which was taken.
  void Keep(const Bytes& input);

 private:
  // In [0, below); 0 for 0.
  size_t Draw(size_t below);
  void Change(Bytes& input);
  void SetInteger(Bytes& input, size_t at);
  void Exchange(Bytes& input, size_t at);

  uint64_t state_;
  std::vector<Bytes> seeds_;
  std::vector<Bytes> kept_;
  size_t longest_ = 0;
};

}  // namespace baya::fuzz
