// Whether a task's DAP configuration says what its descriptor tells the person.
#pragma once

#include "base/result.h"
#include "dap/task.h"
#include "measure/task.h"

namespace baya::measure {

// The DAP task that a device may report to.
//
// Errors: those of dap::MakeTask; kInvalidArgument (another task_info, minimum batch or number of
// buckets than the descriptor's, another chunk length than dap::ChunkLengthFor);
// kPermissionDenied (leader and helper have one origin, an address that has no one spelling, or one
// reached over neither HTTPS nor this machine's loopback, in production times more exact than
// kMinProductionPrecisionS); kResourceExhausted (an address past
// kMaxUrlBytes).
Result<dap::Task> Agree(const Task& task);

}  // namespace baya::measure
