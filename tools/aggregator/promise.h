// What the devices of a task were promised, from the text that their reports are bound to. Whoever
// wrote this aggregator's file cannot ask it for less noise than that.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "dap/task.h"
#include "vdaf/discrete_laplace.h"

namespace baya::aggregator {

// The noise that each aggregator adds; none for a test task without.
//
//   descriptor  of the task: core/docs/formats/tasks.md §2
//
// Errors: kInvalidArgument (not the descriptor whose hash is in the task's configuration,
// malformed, another minimum batch, no noise where it is no test), kUnimplemented (a version,
// mechanism or adjacency that this program does not know).
Result<std::optional<vdaf::DiscreteLaplace>> PromisedNoise(const dap::Task& task,
                                                           ByteView descriptor);

}  // namespace baya::aggregator
