// What every tool's main() does around its own work.
#pragma once

#include <functional>

#include "CLI/CLI.hpp"

namespace baya::tools {

// Parses the arguments into `app`, then runs `work`. Returns the exit code: 0, 1 for a failure
// whose sentence went to stderr, CLI11's own for wrong arguments.
int RunTool(CLI::App& app, int argc, char** argv, const std::function<void()>& work);

}  // namespace baya::tools
