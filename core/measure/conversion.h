// Whether what the shelf showed was then bought (core/docs/formats/tasks.md §3).
#pragma once

#include <optional>
#include <span>

#include "measure/task.h"
#include "profile/profile.h"

namespace baya::measure {

// `deeds` ascend in time. Nothing when there is none.
std::optional<Conversion> ConversionAfterRecommendation(std::span<const profile::Deed> deeds);

}  // namespace baya::measure
