// Every size this room puts a bound on.
#pragma once

#include <cstddef>
#include <cstdint>

namespace baya::measure {

inline constexpr size_t kMaxTasks = 16;  // of one pack: more than a person would read
inline constexpr size_t kMaxNameBytes = 64;
inline constexpr size_t kMaxTitleBytes = 200;
inline constexpr size_t kMaxTextBytes = 2000;

// 512 labels and the texts above are 35,600 bytes of the 65,535 that a descriptor may have; a
// report of 512 buckets has about 10 KB.
inline constexpr size_t kMaxLabelBytes = 64;
inline constexpr size_t kMaxLabels = 512;

// W3C Attribution Level 1: fewer devices than this do not make an aggregate.
inline constexpr uint32_t kMinProductionBatch = 20;

// Ten times what is usual for one report, 1: above it noise hides nobody.
inline constexpr uint64_t kMaxEpsilonMicro = 10'000'000;

}  // namespace baya::measure
