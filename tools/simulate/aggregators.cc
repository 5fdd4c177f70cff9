#include "simulate/aggregators.h"

#include <chrono>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include "http/url.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr std::chrono::seconds kTimeout{30};
constexpr int kTries = 3;

std::string_view Text(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

http::Response Aggregators::Send(const std::string& method, const std::string& url,
                                 const Bytes& body) {
  const http::Url parsed = OrThrow(http::ParseUrl(url), url);
  std::unique_ptr<http::Client>& client = clients_[parsed.origin];
  if (!client) client = std::make_unique<http::Client>(parsed, kTimeout);
  http::Request request{method, parsed.path, {}, std::string(Text(body))};
  if (!body.empty()) {
    request.headers.emplace_back("Content-Type", "application/ppm-dap;message=upload-req");
  }
  for (int i = 0; i < kTries; ++i) {
    if (i > 0) std::this_thread::sleep_for(std::chrono::seconds(1));
    if (std::optional<http::Response> response = client->Send(request)) return *response;
  }
  throw ToolError(parsed.origin + " does not answer: is the aggregator running?");
}

const Bytes& Aggregators::HpkeConfigs(const std::string& url) {
  const auto known = configs_.find(url);
  if (known != configs_.end()) return known->second;
  const http::Response response = Send("GET", url, {});
  if (response.status != 200) {
    throw ToolError(url + " answered with status " + std::to_string(response.status));
  }
  return configs_[url] = Bytes(response.body.begin(), response.body.end());
}

int Aggregators::Upload(const std::string& url, const Bytes& body) {
  return Send("POST", url, body).status;
}

}  // namespace baya::tools
