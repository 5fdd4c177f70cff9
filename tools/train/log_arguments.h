// The arguments by which a program says how a log and its catalogue are read: the same everywhere,
// so that what is audited and measured is what was learned from.
#pragma once

#include "CLI/CLI.hpp"
#include "train/log.h"

namespace baya::tools {

// --catalogue, --catalogue-format, --format, --columns, --types, --min-value. `options` must
// outlive the parsing.
void AddLogArguments(CLI::App& app, LogOptions& options);

}  // namespace baya::tools
