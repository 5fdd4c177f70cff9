#include "http/url.h"

#include <algorithm>

namespace baya::tools::http {
namespace {

constexpr size_t kMaxUrlBytes = 1000;

bool IsUrlCharacter(char letter) {
  return letter > ' ' && letter < 0x7f && letter != '?' && letter != '#' && letter != '"' &&
         letter != '<' && letter != '>' && letter != '\\';
}

bool IsHost(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '.' || letter == '-';
  });
}

bool IsPort(std::string_view port) {
  return !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), [](char digit) {
    return digit >= '0' && digit <= '9';
  });
}

}  // namespace

Result<Url> ParseUrl(std::string_view text) {
  constexpr Status kBad =
      kError<StatusCode::kInvalidArgument,
             "an address is http or https, a host and perhaps a port and a path">;
  Url url;
  constexpr std::string_view kHttp = "http://";
  constexpr std::string_view kHttps = "https://";
  url.secure = text.substr(0, kHttps.size()) == kHttps;
  if (!url.secure && text.substr(0, kHttp.size()) != kHttp) return kBad;
  if (text.size() > kMaxUrlBytes || !std::all_of(text.begin(), text.end(), IsUrlCharacter)) {
    return kBad;
  }
  const size_t begin = url.secure ? kHttps.size() : kHttp.size();
  const size_t slash = std::min(text.find('/', begin), text.size());
  const std::string_view authority = text.substr(begin, slash - begin);
  constexpr std::string_view kIpv6Loopback = "[::1]";
  const bool ipv6 = authority.substr(0, kIpv6Loopback.size()) == kIpv6Loopback;
  const size_t host_end =
      ipv6 ? kIpv6Loopback.size() : std::min(authority.find(':'), authority.size());
  const std::string_view host = authority.substr(0, host_end);
  if (!ipv6 && !IsHost(host)) return kBad;
  if (host_end < authority.size() &&
      (authority[host_end] != ':' || !IsPort(authority.substr(host_end + 1)))) {
    return kBad;
  }
  url.loopback = ipv6 || host == "localhost" || host == "127.0.0.1";
  url.origin = std::string(text.substr(0, slash));
  url.path = std::string(text.substr(slash));
  while (!url.path.empty() && url.path.back() == '/') url.path.pop_back();
  return url;
}

}  // namespace baya::tools::http
