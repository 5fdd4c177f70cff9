// The aggregators as a device reaches them, over HTTP.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "http/client.h"

namespace baya::tools {

// For one thread.
class Aggregators {
 public:
  // What the aggregator at `url` answers for its HPKE configurations; asked once. Throws ToolError.
  const Bytes& HpkeConfigs(const std::string& url);

  // The status of the answer. Throws ToolError when there is none after three tries.
  int Upload(const std::string& url, const Bytes& body);

 private:
  http::Response Send(const std::string& method, const std::string& url, const Bytes& body);

  std::map<std::string, std::unique_ptr<http::Client>> clients_;  // by origin
  std::map<std::string, Bytes> configs_;                          // by address
};

}  // namespace baya::tools
