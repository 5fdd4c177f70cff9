// The item-to-item table: one small ridge regression for each item.
//
// An item's column of the table is learned from its `candidates` best co-occurring items alone;
// of those the `keep` largest weights stay. This is Steck, "Embarrassingly Shallow Autoencoders
// for Sparse Data", WWW 2019, restricted to a neighbourhood, with
//   - the catalogue as extra rows of data, as in Jeunen, Van Balen & Goethals, "Closed-Form
//     Models for Collaborative Filtering with Side-Information", RecSys 2020 (CEASE);
//   - the penalty of dropout noise, as in Steck, "Autoencoders that Don't Overfit Towards the
//     Identity", NeurIPS 2020, eq. (5).
#pragma once

#include <cstdint>
#include <vector>

#include "pack/writer/sections.h"
#include "train/gram.h"

namespace baya::tools {

struct RidgeSettings {
  double lambda = 25;    // ridge penalty, in users
  double dropout = 0.2;  // p / (1 - p) of the dropout penalty
  double content = 8;    // what a perfect likeness counts for, in users
  uint32_t candidates = 100;
  uint32_t keep = 12;  // at most pack::kMaxSourcesPerItem
  // Users behind a stored pair; above 1 no pair rests on content alone, and what fewer users say
  // is as if nobody had said it (core/docs/formats/pack.md, "What a pack says of people").
  uint32_t min_support = 5;
};

// [n]: for each item its sources. The result does not depend on the number of threads.
std::vector<std::vector<pack::WeightedSource>> SolveLocalRidge(const Gram& gram,
                                                               const RidgeSettings& settings);

}  // namespace baya::tools
