#include "recommend/affinity.h"

#include <algorithm>
#include <cstdlib>

#include "recommend/fixed_point.h"

namespace baya::recommend {

Affinity::Affinity(const pack::Attributes& attributes, uint16_t blend)
    : attributes_(&attributes),
      blend_(blend),
      inferred_q10_(attributes.attribute_count()),
      points_(attributes.attribute_count()),
      declared_(attributes.attribute_count()) {}

void Affinity::Clear() {
  std::fill(inferred_q10_.begin(), inferred_q10_.end(), 0);
  std::fill(points_.begin(), points_.end(), 0);
  for (size_t attribute = 0; attribute < declared_.size(); ++attribute) {
    if (declared_[attribute]) Refresh(static_cast<AttributeId>(attribute));
  }
}

void Affinity::Add(ItemIndex item, int32_t delta_q10) {
  for (const AttributeId attribute : attributes_->of(item)) {
    inferred_q10_[attribute] += delta_q10;
    Refresh(attribute);
  }
}

void Affinity::Declare(AttributeId attribute, std::optional<int32_t> leaning_q10) {
  declared_[attribute] = leaning_q10;
  Refresh(attribute);
}

int64_t Affinity::Leaning(AttributeId attribute) const {
  return declared_[attribute].value_or(inferred_q10_[attribute]);
}

int64_t Affinity::Score(ItemIndex item) const {
  int64_t score = 0;
  for (const AttributeId attribute : attributes_->of(item)) score += points_[attribute];
  return score;
}

// 2^-12 (blend) * 2^-8 (weight) * 2^-10 (logarithm) = 2^-30.
void Affinity::Refresh(AttributeId attribute) {
  const int64_t leaning = Leaning(attribute);
  const int64_t size = Log2Q10(kOneQ10 + std::abs(leaning));
  points_[attribute] =
      int64_t{blend_} * attributes_->weight(attribute) * (leaning < 0 ? -size : size);
}

}  // namespace baya::recommend
