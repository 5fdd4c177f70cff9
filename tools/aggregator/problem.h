// Refusals as problem documents: RFC 9457, and DAP-18 "Errors".
#pragma once

#include <optional>
#include <string_view>

#include "dap/errors.h"
#include "dap/messages.h"
#include "http/message.h"

namespace baya::aggregator {

inline constexpr std::string_view kProblemType = "application/problem+json";

// `task`: null when the task is not known.
tools::http::Response Problem(dap::ProblemType type, const dap::TaskId* task);

// One that DAP has no word for: type "about:blank", the title says it all.
tools::http::Response Problem(int status, std::string_view title);

// The DAP type that a problem document names, if it is one.
std::optional<dap::ProblemType> ProblemTypeOf(const tools::http::Response& response);

}  // namespace baya::aggregator
