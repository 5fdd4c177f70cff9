// An HTTP request and its response, whole.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baya::tools::http {

using Headers = std::vector<std::pair<std::string, std::string>>;

// Whether two names are the same, letters of either case (ASCII).
bool SameName(std::string_view a, std::string_view b);

// The value of the first header of that name, letters of either case; empty when there is none.
std::string_view FindHeader(const Headers& headers, std::string_view name);

struct Request {
  std::string method;  // "GET"
  std::string path;    // as sent, without query
  Headers headers;
  std::string body;
  bool body_dropped = false;  // it was longer than is held, and is empty here
};

struct Response {
  int status = 200;
  Headers headers;  // Content-Type, Location, ...
  std::string body;
};

}  // namespace baya::tools::http
