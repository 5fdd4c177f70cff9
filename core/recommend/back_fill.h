// What to show where the visitor's own history says nothing: what others buy, and buy lately.
#pragma once

#include <cstdint>

#include "pack/model.h"
#include "pack/popularity.h"

namespace baya::recommend {

// In units of 2^-30.
int64_t PopularityScore(const pack::Popularity& popularity, const pack::Blend& blend,
                        pack::ItemIndex item);
int64_t TrendScore(const pack::Popularity& popularity, const pack::Blend& blend,
                   pack::ItemIndex item);

}  // namespace baya::recommend
