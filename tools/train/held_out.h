// Measuring a ranking on people whose last items it has not seen.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "pack/writer/seal.h"
#include "train/device_ranker.h"
#include "train/user_items.h"

namespace baya::tools {

// One person's items, parted into what the model is told and what it has to find.
struct HeldOut {
  std::vector<uint32_t> told;
  std::vector<uint32_t> wanted;
};

// Shuffles `items` with numpy's generator of this seed; the first fifth (rounded, at least one)
// is wanted, the rest told.
HeldOut PartItems(std::span<const uint32_t> items, uint32_t seed);

struct Quality {
  double recall_at_20 = 0;  // hits among 20, divided by min(20, wanted)
  double ndcg_at_100 = 0;
  double hit_at_20 = 0;       // 1 when there is any
  double mrr_at_20 = 0;       // 1 / the place of the first, 0 without one
  std::vector<uint32_t> top;  // the first 20, in the numbering of the people's items
};

// `top`: the first 100 of a ranking without the told items.
Quality Judge(std::span<const uint32_t> top, std::span<const uint32_t> wanted);

double MeanRecall(const std::vector<Quality>& qualities);

// The quality for each person of the pack made of `sections`, ranked by the code that runs on
// devices: everything told counts as bought now, and bought items are hidden.
// `pack_item` turns the items of `people` into the pack's.
std::vector<Quality> JudgePack(const std::vector<pack::Section>& sections,
                               const std::vector<uint32_t>& pack_item,
                               const std::vector<HeldOut>& people, const DeviceBuild& build = {});

// Signs with a key that is thrown away and writes nothing: for measuring.
Bytes SealForMeasuring(std::vector<pack::Section> sections);

}  // namespace baya::tools
