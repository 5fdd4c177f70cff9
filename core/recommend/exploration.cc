#include "recommend/exploration.h"

#include <utility>

#include "recommend/exposure.h"
#include "recommend/fixed_point.h"

namespace baya::recommend {

Beta BeliefOf(uint32_t taken, uint32_t left, uint32_t dismissed) {
  return Posterior(taken, left + uint64_t{Exposure::kShowings} * dismissed);
}

void Exploration::Draw(const pack::Attributes& attributes, const Affinity& affinity,
                       uint64_t seed) {
  SplitMix64 seeds(seed);
  for (size_t i = 0; i < kinds_.size(); ++i) {
    const auto id = static_cast<AttributeId>(i);
    Kind& kind = kinds_[i];
    const SplitMix64 random(seeds.Next());  // its own, whatever the others have
    kind.sample = 0;
    if (attributes.kind(id) != pack::AttributeKind::kCategory || kind.muted) continue;
    if (affinity.IsDeclared(id) || affinity.Leaning(id) >= kOneQ10) continue;
    kind.sample = Sample(kind.belief, random) | 1;
  }
}

std::optional<AttributeId> Exploration::Next() {
  size_t next = 0;
  for (size_t i = 1; i < kinds_.size(); ++i) {
    if (kinds_[i].sample > kinds_[next].sample) next = i;
  }
  if (kinds_.empty() || std::exchange(kinds_[next].sample, 0) == 0) return std::nullopt;
  return static_cast<AttributeId>(next);
}

}  // namespace baya::recommend
