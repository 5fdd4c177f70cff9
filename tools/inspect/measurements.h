// What a site pack measures, in words, and what in it would leave a measurement empty.
#pragma once

#include <string>
#include <vector>

#include "pack/site_pack.h"

namespace baya::tools {

// Each task: its title, how often, how much noise, the least number of devices, where to. Empty
// without tasks.
std::string DescribeMeasurements(const pack::SitePack& pack);

// One sentence for each thing that is allowed and still a mistake: a plan under which no device
// reports, a label that is no item's category. Empty without tasks.
//
// Throws ToolError when the sections of tasks or plan are against their format.
std::vector<std::string> DoubtsAboutMeasurements(const pack::SitePack& pack);

}  // namespace baya::tools
