// Which kind of product a person deals with most (core/docs/formats/tasks.md §3).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "measure/task.h"
#include "pack/site_pack.h"
#include "profile/profile.h"

namespace baya::measure {

// The bucket with the most units among `deeds`, of equals the lower. Nothing when no deed is of a
// kind in `descriptor.signals`.
//
// REQUIRES: Check(descriptor) is OK.
std::optional<uint32_t> CategoryInterest(const Descriptor& descriptor, const pack::Shop& shop,
                                         std::span<const profile::Deed> deeds);

}  // namespace baya::measure
