#include "recommend/exploration.h"

#include "recommend/exposure.h"
#include "recommend/fixed_point.h"

namespace baya::recommend {

Beta BeliefOf(uint32_t taken, uint32_t left, uint32_t dismissed) {
  return Posterior(taken, left + uint64_t{Exposure::kShowings} * dismissed);
}

std::vector<uint64_t> Exploration::Draw(const pack::Attributes& attributes,
                                        const Affinity& affinity, uint64_t seed) const {
  std::vector<uint64_t> samples(beliefs_.size());
  SplitMix64 seeds(seed);
  for (size_t i = 0; i < samples.size(); ++i) {
    const auto kind = static_cast<AttributeId>(i);
    const SplitMix64 random(seeds.Next());  // its own, whatever the others have
    if (attributes.kind(kind) != pack::AttributeKind::kCategory || muted_[i]) continue;
    if (affinity.IsDeclared(kind) || affinity.Leaning(kind) >= kOneQ10) continue;
    samples[i] = Sample(beliefs_[i], random) | 1;
  }
  return samples;
}

}  // namespace baya::recommend
