// From a profile to the one number that a task asks for.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "consent/gate.h"
#include "measure/task.h"
#include "pack/site_pack.h"
#include "profile/profile.h"

namespace baya::measure {

// The bucket at the time of the use, in [0, labels). Nothing when there is nothing to report.
//
//   use   kMeasure; kShow for the person who wants to see what would be sent
//   shop  null when the pack ranks nothing: then no category is known
//
// Errors: those of profile::Profile::Deeds.
Result<std::optional<uint32_t>> Measure(consent::Use use, const Descriptor& descriptor,
                                        const pack::Shop* shop, profile::Profile& profile);

}  // namespace baya::measure
