// Asks the Leader for a batch and waits for the answer.
#pragma once

#include <chrono>
#include <string>

#include "collect/collector_file.h"
#include "dap/collector.h"
#include "dap/messages.h"

namespace baya::tools {

// The batch of the times in `interval`. Asking again, also after a crash, gets the same answer.
// Throws ToolError, which says what the Leader refused, or that it took longer than `patience`.
dap::Aggregate CollectBatch(const Collector& collector, const CollectedTask& task,
                            const dap::Interval& interval, std::chrono::seconds patience);

}  // namespace baya::tools
