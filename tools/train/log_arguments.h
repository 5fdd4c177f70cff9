// The arguments by which a program says how a log and its catalogue are read: the same everywhere,
// so that what is audited and measured is what was learned from.
#pragma once

#include <string>

#include "CLI/CLI.hpp"
#include "train/log.h"

namespace baya::tools {

// --catalogue, --catalogue-format, --format, --columns, --types, --min-value. `options` must
// outlive the parsing.
void AddLogArguments(CLI::App& app, LogOptions& options);

// What --until says: rows after the end of that UTC day are left out; none when it is empty. Throws
// ToolError for what is no date.
void StopAfter(const std::string& until, LogOptions& options);

}  // namespace baya::tools
