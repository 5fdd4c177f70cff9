#include "aggregator/routes.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/secret_bytes.h"
#include "codec/base64url.h"
#include "crypto/fixed_bytes.h"

namespace baya::aggregator {
namespace {

using tools::http::FindHeader;
using tools::http::Request;
using tools::http::Response;

struct Name {
  std::string_view text;
  Resource resource;
};

constexpr std::array<Name, 4> kNames = {{{"reports", Resource::kReports},
                                         {"aggregation_jobs", Resource::kAggregationJobs},
                                         {"collection_jobs", Resource::kCollectionJobs},
                                         {"aggregate_shares", Resource::kAggregateShares}}};

// Takes "/segment" off the front; empty when there is none.
std::string_view TakeSegment(std::string_view& path) {
  if (path.empty() || path.front() != '/') return {};
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

template <size_t N>
std::optional<std::array<uint8_t, N>> DecodeId(std::string_view text) {
  const Result<Bytes> bytes = codec::DecodeBase64Url(text);
  if (!bytes.ok()) return std::nullopt;
  const auto id = crypto::FixedBytes<N>(*bytes);
  if (!id.ok()) return std::nullopt;
  return *id;
}

Route TaskRoute(std::string_view path) {
  Route route;
  const auto task = DecodeId<32>(TakeSegment(path));
  if (!task) return route;
  route.task = *task;
  const std::string_view name = TakeSegment(path);
  const auto* const found = std::find_if(kNames.begin(), kNames.end(),
                                         [name](const Name& one) { return one.text == name; });
  if (found == kNames.end()) return route;
  if (!path.empty()) {
    route.id = DecodeId<16>(TakeSegment(path));
    if (!route.id || !path.empty() || found->resource == Resource::kReports) return {};
  }
  route.resource = found->resource;
  return route;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  lower.erase(std::remove_if(lower.begin(), lower.end(),
                             [](char letter) { return letter == ' ' || letter == '"'; }),
              lower.end());
  return lower;
}

}  // namespace

Route FindRoute(std::string_view path, std::string_view prefix) {
  if (!prefix.empty() && path.substr(0, prefix.size()) == prefix) path.remove_prefix(prefix.size());
  if (path == "/hpke_config") return {Resource::kHpkeConfig, {}, {}};
  if (TakeSegment(path) != "tasks") return {};
  return TaskRoute(path);
}

std::string ResourcePath(std::string_view prefix, const Route& route, const ResourceId& id) {
  std::string path(prefix);
  path += "/tasks/" + codec::EncodeBase64Url(route.task) + "/";
  for (const Name& name : kNames) {
    if (name.resource == route.resource) path += name.text;
  }
  return path + "/" + codec::EncodeBase64Url(id);
}

bool HasMediaType(const Request& request, std::string_view type) {
  // RFC 9110 §8.3.1: names, and here the values, in either case, in any order, perhaps quoted.
  std::string given = Lower(FindHeader(request.headers, "Content-Type")) + ";";
  const size_t semicolon = type.find(';');
  const std::string name(type.substr(0, semicolon + 1));
  const std::string message = std::string(type.substr(semicolon)) + ";";
  return given.compare(0, name.size(), name) == 0 && given.find(message) != std::string::npos;
}

bool IsAuthorized(const Request& request, const crypto::Sha256Digest& token_sha256) {
  constexpr std::string_view kScheme = "Bearer ";
  const std::string_view header = FindHeader(request.headers, "Authorization");
  if (header.substr(0, kScheme.size()) != kScheme) return false;
  return ConstantTimeEqual(crypto::Sha256(AsBytes(header.substr(kScheme.size()))), token_sha256);
}

Response Preflight(Resource resource) {
  Response response{204, {}, {}};
  AllowPages(response);
  response.headers.emplace_back("Access-Control-Allow-Methods",
                                resource == Resource::kReports ? "POST" : "GET");
  response.headers.emplace_back("Access-Control-Allow-Headers", "Content-Type");
  response.headers.emplace_back("Access-Control-Max-Age", "86400");
  return response;
}

void AllowPages(Response& response) {
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
}

}  // namespace baya::aggregator
