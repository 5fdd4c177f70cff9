// Base addresses of aggregators: "https://leader.example/dap".
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace baya::tools::http {

struct Url {
  std::string origin;  // "https://leader.example:8443"
  std::string path;    // "" or "/dap", without a slash at the end
  bool secure = false;
  bool loopback = false;  // localhost, 127.0.0.1 or [::1]
};

// An http or https address without user, query or fragment; slashes at the end are dropped.
//
// Errors: kInvalidArgument.
Result<Url> ParseUrl(std::string_view text);

}  // namespace baya::tools::http
