// Ours: what a person says of a product, which no e-commerce vocabulary has words for.

#include "profile/vocabulary_parts.h"

namespace baya::profile {

std::optional<Translation> TranslateFeedback(const Call& call, const DataPlan& plan) {
  if (call.verb != Verb::kTrack) return std::nullopt;
  if (call.name == "Product Liked") {
    return TranslateProduct(EventKind::kProductLiked, call, plan);
  }
  if (call.name == "Product Disliked") {
    return TranslateProduct(EventKind::kProductDisliked, call, plan);
  }
  return std::nullopt;
}

}  // namespace baya::profile
