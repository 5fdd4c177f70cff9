// The HTTP resources of DAP: which one a request means, and what every answer has in common.
//
// Source: draft-ietf-ppm-dap-18, "HTTP Resources Reference".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "aggregator/store.h"
#include "crypto/sha256.h"
#include "dap/messages.h"
#include "http/message.h"

namespace baya::aggregator {

enum class Resource : uint8_t {
  kNone,
  kHpkeConfig,
  kReports,
  kAggregationJobs,
  kCollectionJobs,
  kAggregateShares,
};

struct Route {
  Resource resource = Resource::kNone;
  dap::TaskId task{};
  std::optional<ResourceId> id;  // of one job or share; none: the creation URL
};

// `prefix`: the path of our own address, which a proxy before us may or may not have taken off.
Route FindRoute(std::string_view path, std::string_view prefix);

// {prefix}/tasks/{task-id}/{resource}/{id}.
std::string ResourcePath(std::string_view prefix, const Route& route, const ResourceId& id);

// Whether the Content-Type is that message; parameters besides `message` do not matter.
bool HasMediaType(const tools::http::Request& request, std::string_view type);

// Whether the request carries the bearer token with that hash (RFC 6750 §2.1).
bool IsAuthorized(const tools::http::Request& request, const crypto::Sha256Digest& token_sha256);

// Web pages of any origin may call what clients call: nothing there depends on who asks (Fetch
// Standard, "CORS protocol"). The answer to a preflight, and the header of every other answer.
tools::http::Response Preflight(Resource resource);
void AllowPages(tools::http::Response& response);

}  // namespace baya::aggregator
