// Conditional logit: which of several alternatives are chosen.
//
// Source: McFadden, "Conditional logit analysis of qualitative choice behavior", 1974; with
// several chosen ones, each counts as a choice of its own among all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace baya::tools {

struct Alternative {
  std::vector<std::pair<uint16_t, float>> features;  // of different numbers
  bool chosen = false;
};

struct Choice {
  std::vector<Alternative> alternatives;
  double weight = 1;  // of each chosen one
};

// [feature_count] weights of greatest likelihood less ridge / 2 times their squares, by Newton's
// method. REQUIRES: ridge > 0. The result does not depend on the number of threads.
std::vector<double> FitChoices(const std::vector<Choice>& choices, size_t feature_count,
                               double ridge);

}  // namespace baya::tools
