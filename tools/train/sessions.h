// A log as ordered visits: what was dealt with, one after the other.
#pragma once

#include <cstdint>
#include <vector>

#include "train/log.h"

namespace baya::tools {

struct Session {
  uint32_t user = 0;
  int64_t time_ms = 0;          // of its last row
  std::vector<uint32_t> items;  // in order; the same item twice running counts once
};

// The baskets of `log`, each in order of time and then of the file; by rising time_ms.
std::vector<Session> SessionsOf(const Log& log);

// `sessions` that end in [from_ms, to_ms).
std::vector<Session> SessionsBetween(const std::vector<Session>& sessions, int64_t from_ms,
                                     int64_t to_ms);

// The rows of `log` whose session ends before `end_ms`, and the items that occur in them; the rest
// is as if it had never been. `number[i]` is the new number of item i, or kNoItem.
inline constexpr uint32_t kNoItem = UINT32_MAX;
struct EarlierLog {
  Log log;
  std::vector<uint32_t> number;
};
EarlierLog LogBefore(const Log& log, int64_t end_ms);

// With items numbered anew; those that `number` does not know are taken out.
std::vector<Session> Renumbered(const std::vector<Session>& sessions,
                                const std::vector<uint32_t>& number);

// One question of a measurement: the first `length` items of a session are known, the next one is
// to be found.
struct Prefix {
  uint32_t session = 0;
  uint32_t length = 0;
};

// All prefixes of one item and more that have a next item, or `most` of them (0: all), chosen by
// `seed`; ascending by session and length.
std::vector<Prefix> PrefixesOf(const std::vector<Session>& sessions, size_t most, uint32_t seed);

}  // namespace baya::tools
