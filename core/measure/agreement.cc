#include "measure/agreement.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "dap/client.h"
#include "measure/limits.h"

namespace baya::measure {
namespace {

constexpr Status kDisagrees = kError<StatusCode::kInvalidArgument,
                                     "a measurement task's configuration differs from its text">;
constexpr Status kBadUrls =
    kError<StatusCode::kPermissionDenied, "the aggregators must be two, reached over HTTPS">;
constexpr Status kTooExact =
    kError<StatusCode::kPermissionDenied, "a measurement task asks for too exact times">;
constexpr Status kTooLong =
    kError<StatusCode::kResourceExhausted, "an aggregator's address is past its limit">;

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Letters of a host, or of what RFC 3986 §3.2.2 puts between brackets for an IPv6 address.
bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '.' || c == '-' || c == '[' || c == ']' ||
         c == ':';
}

// A port other than 0, without zeros that would give it a second spelling.
bool IsPort(std::string_view port) {
  return !port.empty() && port.size() <= 5 && port[0] != '0' &&
         std::all_of(port.begin(), port.end(), IsDigit);
}

// Scheme, host and port in lower case, spelled in the one way in which two of them can be compared;
// else empty. What a browser's parser (URL Standard §4.4) would read in another way than it looks,
// such as a backslash, an escape or a tab, is in none.
std::string OriginOf(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const size_t begin = scheme + 3;
  std::string origin(url.substr(0, url.find_first_of("/?#", begin)));
  std::transform(origin.begin(), origin.end(), origin.begin(), Lower);
  const std::string_view authority = std::string_view(origin).substr(begin);
  if (!std::all_of(authority.begin(), authority.end(), IsHostCharacter)) return {};
  const size_t bracket = authority.find(']');
  const size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view host = authority.substr(0, colon);
  if (host.empty() || host.back() == '.') return {};
  if (colon == std::string_view::npos) return origin;
  const std::string_view port = authority.substr(colon + 1);
  if (!IsPort(port)) return {};
  const bool implied = StartsWith(origin, "https://") ? port == "443" : port == "80";
  if (implied) origin.resize(begin + colon);
  return origin;
}

// W3C Secure Contexts §3.1 names the loopback hosts that may do without HTTPS.
bool IsPrivate(std::string_view origin) {
  if (StartsWith(origin, "https://")) return true;
  for (const std::string_view host : {"http://localhost", "http://127.0.0.1", "http://[::1]"}) {
    if (origin == host) return true;
    if (StartsWith(origin, host) && origin[host.size()] == ':') return true;
  }
  return false;
}

}  // namespace

Result<dap::Task> Agree(const Task& task) {
  BAYA_ASSIGN_OR_RETURN(const dap::TaskConfiguration& configuration,
                        dap::DecodeTaskConfiguration(task.configuration));
  const Descriptor& descriptor = task.descriptor;
  if (!BytesEqual(configuration.task_info, TaskInfoOf(task.encoded_descriptor)) ||
      configuration.min_batch_size != descriptor.min_batch_size) {
    return kDisagrees;
  }
  if (descriptor.policy == Policy::kProduction &&
      configuration.time_precision_s < kMinProductionPrecisionS) {
    return kTooExact;
  }
  BAYA_ASSIGN_OR_RETURN(auto&& dap, dap::MakeTask(task.id, task.configuration));
  // Another chunk length would make a longer report, past kMaxReportBytes even.
  if (dap.histogram.length != descriptor.labels.size() ||
      dap.histogram.chunk_length != dap::ChunkLengthFor(dap.histogram.length)) {
    return kDisagrees;
  }
  // What the queue and the log could not hold is not sent either: they would be lost.
  if (dap::ReportsUrl(dap).size() > kMaxUrlBytes || dap.helper_url.size() > kMaxUrlBytes) {
    return kTooLong;
  }
  const std::string leader = OriginOf(dap.leader_url);
  const std::string helper = OriginOf(dap.helper_url);
  if (!IsPrivate(leader) || !IsPrivate(helper) || leader == helper) return kBadUrls;
  return dap;
}

}  // namespace baya::measure
