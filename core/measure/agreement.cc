#include "measure/agreement.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace baya::measure {
namespace {

constexpr Status kDisagrees(StatusCode::kInvalidArgument,
                            "a measurement task's configuration differs from its text");
constexpr Status kBadUrls(StatusCode::kPermissionDenied,
                          "the aggregators must be two, reached over HTTPS");

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Scheme, host and port in lower case.
std::string OriginOf(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string origin(url.substr(0, url.find_first_of("/?#", scheme + 3)));
  std::transform(origin.begin(), origin.end(), origin.begin(), Lower);
  return origin;
}

// W3C Secure Contexts §3.1 names the loopback hosts that may do without HTTPS.
bool IsPrivate(std::string_view origin) {
  if (origin.find('@') != std::string_view::npos) return false;
  if (StartsWith(origin, "https://")) return origin.size() > 8;
  for (const std::string_view host : {"http://localhost", "http://127.0.0.1", "http://[::1]"}) {
    if (origin == host) return true;
    if (StartsWith(origin, host) && origin[host.size()] == ':') return true;
  }
  return false;
}

}  // namespace

Result<dap::Task> Agree(const Task& task) {
  BAYA_ASSIGN_OR_RETURN(const dap::TaskConfiguration configuration,
                        dap::DecodeTaskConfiguration(task.configuration));
  const Descriptor& descriptor = task.descriptor;
  if (!BytesEqual(configuration.task_info, TaskInfoOf(task.encoded_descriptor)) ||
      configuration.min_batch_size != descriptor.min_batch_size) {
    return kDisagrees;
  }
  BAYA_ASSIGN_OR_RETURN(dap::Task dap, dap::MakeTask(task.id, task.configuration));
  if (dap.histogram.length != descriptor.labels.size()) return kDisagrees;
  const std::string leader = OriginOf(dap.leader_url);
  const std::string helper = OriginOf(dap.helper_url);
  if (!IsPrivate(leader) || !IsPrivate(helper) || leader == helper) return kBadUrls;
  return dap;
}

}  // namespace baya::measure
