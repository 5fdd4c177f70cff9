// The random numbers of numpy.random.default_rng, so that a split published as "numpy, seed s"
// can be made again without numpy.
//
// Sources: O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms
// for Random Number Generation", 2014 (PCG XSL RR 128/64); numpy 1.24, SeedSequence,
// PCG64 and Generator.shuffle.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace baya::tools {

class NumpyRandom {
 public:
  explicit NumpyRandom(uint32_t seed);

  uint64_t Next64();

  // Generator.shuffle of a one-dimensional array.
  template <typename T>
  void Shuffle(std::vector<T>& values) {
    for (size_t i = values.size(); i-- > 1;) std::swap(values[i], values[Below(i)]);
  }

  // Generator.permutation(count).
  std::vector<uint32_t> Permutation(uint32_t count);

 private:
  uint32_t Next32();
  // Uniform in [0, max], by rejection under a mask; max < 2^32.
  size_t Below(size_t max);

  unsigned __int128 state_ = 0;
  unsigned __int128 increment_ = 0;
  bool has_half_ = false;
  uint32_t half_ = 0;
};

}  // namespace baya::tools
