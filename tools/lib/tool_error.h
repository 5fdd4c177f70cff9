// The one way a tool fails: a sentence for the person who started it.
#pragma once

#include <stdexcept>
#include <string>

#include "base/result.h"

namespace baya::tools {

// main() prints it behind the program's name and exits with 1.
class ToolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The value, or a ToolError that says what was being done and what the core answered.
template <typename T>
T OrThrow(Result<T> result, const std::string& doing) {
  if (!result.ok()) throw ToolError(doing + ": " + std::string(result.status().message()));
  return std::move(result).value();
}

inline void OrThrow(const Status& status, const std::string& doing) {
  if (!status.ok()) throw ToolError(doing + ": " + std::string(status.message()));
}

}  // namespace baya::tools
