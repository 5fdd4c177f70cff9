#include "recommend/exploration.h"

#include "base/sort.h"
#include "recommend/exposure.h"
#include "recommend/fixed_point.h"

namespace baya::recommend {

Beta BeliefOf(const Trials& trials, int64_t today) {
  const uint32_t open = trials.fresh_day == today ? trials.fresh : 0;
  return Posterior(trials.taken,
                   uint64_t{trials.left} - open + uint64_t{Exposure::kShowings} * trials.dismissed);
}

std::vector<AttributeId> Exploration::Draw(const pack::Attributes& attributes,
                                           const Affinity& affinity, uint64_t seed,
                                           int64_t today) const {
  std::vector<uint64_t> samples(trials_.size());
  std::vector<AttributeId> kinds;
  SplitMix64 seeds(seed);
  for (size_t i = 0; i < trials_.size(); ++i) {
    const auto kind = static_cast<AttributeId>(i);
    const SplitMix64 random(seeds.Next());  // each arm its own, whatever the others have
    if (attributes.kind(kind) != pack::AttributeKind::kCategory || muted_[i]) continue;
    if (affinity.IsDeclared(kind) || affinity.Leaning(kind) >= kOneQ10) continue;
    samples[i] = Sample(BeliefOf(trials_[i], today), random);
    kinds.push_back(kind);
  }
  StableSort(kinds, [&samples](AttributeId a, AttributeId b) { return samples[a] > samples[b]; });
  return kinds;
}

}  // namespace baya::recommend
