// Sorts of every type through one body, for code that a page loads: std::sort is compiled anew,
// with some two kilobytes, for each type and each order.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace baya {
namespace internal {

// What SortErased needs to know of the elements, by their places. `context` is handed on.
struct SortAccess {
  void* context;
  bool (*before)(void* context, size_t a, size_t b);
  void (*swap)(void* context, size_t a, size_t b);
};

// REQUIRES: `count` is below 2^32.
void SortErased(size_t count, const SortAccess& access);

}  // namespace internal

// Stable, so that the order of equals is the same on every machine. O(n log n) comparisons, at most
// n swaps, 8 n bytes of memory. REQUIRES: a strict weak order; fewer than 2^32 elements.
template <typename Range, typename Before = std::less<>>
void StableSort(Range& range, const Before& before = {}) {
  const std::span elements(range);
  using Element = typename decltype(elements)::element_type;
  struct Context {
    Element* first;
    const Before& before;
  } context{elements.data(), before};
  internal::SortErased(elements.size(),
                       {
                           &context,
                           [](void* opaque, size_t a, size_t b) {
                             const auto& sorted = *static_cast<const Context*>(opaque);
                             return static_cast<bool>(sorted.before(
                                 std::as_const(sorted.first[a]), std::as_const(sorted.first[b])));
                           },
                           [](void* opaque, size_t a, size_t b) {
                             const auto& sorted = *static_cast<const Context*>(opaque);
                             using std::swap;
                             swap(sorted.first[a], sorted.first[b]);
                           },
                       });
}

// Adds an element to a sorted vector, behind its equals. O(n), little where it belongs near the
// end; std::vector::insert is some hundred bytes more for each type.
template <typename T, typename Before = std::less<>>
void InsertSorted(std::vector<T>& sorted, const T& element, const Before& before = {}) {
  sorted.push_back(element);
  for (size_t i = sorted.size() - 1; i > 0 && before(sorted[i], sorted[i - 1]); --i) {
    std::swap(sorted[i], sorted[i - 1]);
  }
}

}  // namespace baya
