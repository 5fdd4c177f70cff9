// The plan of a site as people write it, and as a pack stores it.
//
// Both: core/docs/formats/plan.md.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace baya::tools {

// The section that says what `json` says, checked as a device checks it. ToolError names the line
// or the member that is wrong.
Bytes PlanFromJson(std::string_view json);

// The other way, indented; ToolError for bytes that are no such section.
std::string PlanToJson(ByteView section);

}  // namespace baya::tools
