#include "measure/measurement.h"

#include <utility>
#include <vector>

#include "measure/category_interest.h"
#include "measure/conversion.h"

namespace baya::measure {

Result<std::optional<uint32_t>> Measure(consent::Use use, const Descriptor& descriptor,
                                        const pack::Shop* shop, profile::Profile& profile) {
  const int64_t from_ms = use.now_ms() - int64_t{descriptor.window_s} * 1000;
  BAYA_ASSIGN_OR_RETURN(const std::vector<profile::Deed>& deeds,
                        profile.Deeds(std::move(use), from_ms));
  if (descriptor.measurement == Measurement::kConversionAfterRecommendation) {
    return std::optional<uint32_t>(ConversionAfterRecommendation(deeds));
  }
  if (shop == nullptr) return std::optional<uint32_t>();
  return CategoryInterest(descriptor, *shop, deeds);
}

}  // namespace baya::measure
