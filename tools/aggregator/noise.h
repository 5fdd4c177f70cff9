// The noise an aggregator promised for a task.
#pragma once

#include <optional>

#include "base/host.h"
#include "dap/aggregator.h"
#include "vdaf/discrete_laplace.h"

namespace baya::aggregator {

// Once for each batch, in the transaction that stores the answer. Throws ToolError.
void AddNoise(const std::optional<vdaf::DiscreteLaplace>& noise, Host& host,
              dap::BatchBucket& batch);

}  // namespace baya::aggregator
