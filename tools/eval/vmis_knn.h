// VMIS-kNN: the sessions that are most like the present one, and what else they hold.
//
// Source: Kersbergen, Sprangers & Schelter, "Serenade - Low-Latency Session-Based Recommendation
// in e-Commerce at Scale", SIGMOD 2022, with the weights of the authors' open
// implementation: an item of the present session counts (place from the start) / (different items),
// the first shared item from the end, p-th from 1 on, gives 1 - p / 10, and an item of a neighbour
// counts 1 + idf_weight * ln(sessions / sessions with the item).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "train/sessions.h"

namespace baya::tools {

struct VmisSettings {
  uint32_t m = 1000;  // latest sessions that are compared
  uint32_t k = 100;   // nearest of them that count
  uint32_t last = 3;  // items of the present session that are compared, at most 9
  double idf_weight = 1;
};

class VmisKnn {
 public:
  // `sessions`: by rising time.
  VmisKnn(const std::vector<Session>& sessions, uint32_t item_count, const VmisSettings& settings);

  // [item_count]: the score of each item after the items of `prefix`; 0 for one that no neighbour
  // holds.
  std::vector<double> Scores(std::span<const uint32_t> prefix) const;

 private:
  struct Neighbour {
    double similarity = 0;
    uint32_t session = 0;
  };

  std::vector<Neighbour> Neighbours(std::span<const uint32_t> recent) const;
  bool Holds(uint32_t session, uint32_t item) const;

  VmisSettings settings_;
  std::vector<std::vector<uint32_t>> items_;     // [sessions]; ascending, each once
  std::vector<std::vector<uint32_t>> sessions_;  // [item_count]; the m latest, latest first
  std::vector<double> factors_;                  // [item_count]; 1 + weighted idf
};

}  // namespace baya::tools
