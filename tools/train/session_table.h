// The item-to-item table of what comes next in a visit.
//
// Every place of every session is one row of data: the items up to it, each weighted by
// exp(-age / past), and those after it, each by exp(-distance / future); age and distance count
// items. One small ridge regression for each item finds what of the past speaks for it. This is
// the closed form of SLIST in Choi et al., "Session-aware Linear Item-Item Models for
// Session-based Recommendation", WWW 2021, restricted to a neighbourhood of each target as in
// local_ridge.h: the rows are its transitions (SLIT), and `together` times the co-occurrence in
// whole sessions (SLIS) joins both sides.
#pragma once

#include <cstdint>
#include <vector>

#include "pack/writer/sections.h"
#include "train/sessions.h"

namespace baya::tools {

struct SessionTableSettings {
  double past = 1;        // items until the past counts 1/e; above 0
  double future = 1;      // items until the future counts 1/e; above 0
  double together = 0.3;  // what sharing a session counts for
  double lambda = 10;     // ridge penalty, in rows
  uint32_t candidates = 100;
  uint32_t keep = 16;        // at most pack::kMaxSourcesPerItem
  uint32_t min_support = 1;  // users of whom a session holds both items of a stored pair
};

// [item_count]: for each item its sources. The result does not depend on the number of threads.
std::vector<std::vector<pack::WeightedSource>> SolveSessionTable(
    const std::vector<Session>& sessions, uint32_t item_count,
    const SessionTableSettings& settings);

}  // namespace baya::tools
