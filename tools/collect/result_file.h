// A collected batch as JSON. Format: core/docs/formats/task-files.md §4.
#pragma once

#include <string>

#include "collect/collector_file.h"
#include "dap/collector.h"
#include "dap/messages.h"

namespace baya::tools {

// Throws ToolError.
std::string ResultText(const CollectedTask& task, const dap::Interval& interval,
                       const dap::Aggregate& aggregate);

}  // namespace baya::tools
