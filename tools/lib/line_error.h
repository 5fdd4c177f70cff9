// A mistake in a file, at a line of it.
#pragma once

#include <cstdint>
#include <string>

#include "lib/tool_error.h"

namespace baya::tools {

// "FILE, line 17: what is wrong". Lines count from 1.
class LineError : public ToolError {
 public:
  LineError(const std::string& path, int64_t line, const std::string& what)
      : ToolError(path + ", line " + std::to_string(line) + ": " + what) {}
};

}  // namespace baya::tools
