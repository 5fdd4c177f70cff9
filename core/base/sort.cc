#include "base/sort.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace baya::internal {

// Merges runs of the places that double in length, then brings each element to its place.
void SortErased(size_t count, const SortAccess& access) {
  std::vector<uint32_t> order(count);
  std::vector<uint32_t> merged(count);
  for (size_t i = 0; i < count; ++i) order[i] = static_cast<uint32_t>(i);
  for (size_t run = 1; run < count; run *= 2) {
    for (size_t start = 0; start < count; start += 2 * run) {
      const size_t middle = std::min(start + run, count);
      const size_t end = std::min(middle + run, count);
      size_t left = start;
      size_t right = middle;
      for (size_t out = start; out < end; ++out) {
        const bool take_right =
            left == middle ||
            (right != end && access.before(access.context, order[right], order[left]));
        merged[out] = take_right ? order[right++] : order[left++];
      }
    }
    order.swap(merged);
  }
  // order[i]: which element belongs at i. Each swap brings one to stay.
  for (size_t i = 0; i < count; ++i) {
    size_t hole = i;
    while (order[hole] != i) {
      const size_t source = order[hole];
      access.swap(access.context, hole, source);
      order[hole] = static_cast<uint32_t>(hole);
      hole = source;
    }
    order[hole] = static_cast<uint32_t>(hole);
  }
}

}  // namespace baya::internal
