#include "aggregator/peer.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "aggregator/limits.h"
#include "aggregator/problem.h"
#include "codec/base64url.h"
#include "lib/tool_error.h"

namespace baya::aggregator {
namespace {

using tools::http::FindHeader;
using tools::http::Response;

std::chrono::seconds RetryAfter(const Response& response) {
  // RFC 9110 §10.2.3; a date reads as 0 and gives the least.
  const long seconds =
      std::strtol(std::string(FindHeader(response.headers, "Retry-After")).c_str(), nullptr, 10);
  return std::chrono::seconds(std::clamp(seconds, 1L, 30L));
}

// The path of a Location, which may be a whole address.
std::string LocationPath(const Response& response) {
  std::string location(FindHeader(response.headers, "Location"));
  const size_t scheme = location.find("://");
  if (scheme == std::string::npos) return location;
  const size_t slash = location.find('/', scheme + 3);
  return slash == std::string::npos ? std::string("/") : location.substr(slash);
}

}  // namespace

std::string PeerAnswer::Why() const {
  if (problem) return std::string(dap::ProblemUrn(*problem));
  return status == 0 ? "no answer" : "status " + std::to_string(status);
}

Peer::Peer(const std::string& url, std::string token)
    : url_(tools::OrThrow(tools::http::ParseUrl(url), "the address of the Helper")),
      token_(std::move(token)),
      client_(url_, kPeerTimeout) {}

PeerAnswer Peer::Create(const dap::TaskId& task, std::string_view resource, std::string_view type,
                        ByteView body) {
  const std::string path =
      url_.path + "/tasks/" + codec::EncodeBase64Url(task) + "/" + std::string(resource);
  return Send("POST", path, type, body);
}

void Peer::Delete(const std::string& path) {
  if (!path.empty()) (void)Send("DELETE", path, {}, {});
}

PeerAnswer Peer::Send(const char* method, const std::string& path, std::string_view type,
                      ByteView body) {
  tools::http::Request request{method, path, {}, std::string(AsText(body))};
  request.headers.emplace_back("Authorization", "Bearer " + token_);
  if (!type.empty()) request.headers.emplace_back("Content-Type", std::string(type));
  PeerAnswer answer;
  const auto end = std::chrono::steady_clock::now() + kPeerPolls;
  while (Wait(std::chrono::seconds(0))) {
    const std::optional<Response> response = client_.Send(request);
    if (!response) return answer;
    answer.status = response->status;
    if (const std::string location = LocationPath(*response); !location.empty()) {
      answer.path = location;
    }
    if (response->status >= 400) {
      answer.problem = ProblemTypeOf(*response);
      if (response->status < 500 && answer.problem) answer.kind = PeerAnswer::Kind::kRefused;
      return answer;
    }
    if (response->status >= 200 && response->status < 300 &&
        (!response->body.empty() || request.method == "DELETE")) {
      answer.kind = PeerAnswer::Kind::kAnswered;
      answer.body = response->body;
      return answer;
    }
    const std::chrono::seconds later = RetryAfter(*response);
    if (response->status >= 300 || std::chrono::steady_clock::now() + later > end) return answer;
    if (!Wait(later)) return answer;
    if (request.method == "POST") {
      request = {"GET", answer.path.empty() ? path : answer.path, {request.headers.front()}, {}};
    }
  }
  return answer;
}

bool Peer::Wait(std::chrono::seconds time) {
  std::unique_lock lock(mutex_);
  return !stop_.wait_for(lock, time, [this] { return stopped_; });
}

void Peer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  stop_.notify_all();
  client_.Stop();
}

}  // namespace baya::aggregator
