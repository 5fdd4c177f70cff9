#include "http/admission.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace baya::tools::http {
namespace {

// With a body, then without.
constexpr std::array<std::string_view, 4> kBodyMethods = {"POST", "PUT", "PATCH", "DELETE"};
constexpr std::array<std::string_view, 3> kOtherMethods = {"GET", "HEAD", "OPTIONS"};

template <size_t N>
bool Has(const std::array<std::string_view, N>& methods, std::string_view method) {
  return std::find(methods.begin(), methods.end(), method) != methods.end();
}

// RFC 9110 §5.6.2.
bool IsTokenCharacter(char letter) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || kMarks.find(letter) != std::string_view::npos;
}

// RFC 9110 §8.6; 18 digits cannot overflow.
bool IsLength(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct Framing {
  size_t lengths = 0;
  size_t codings = 0;
  bool readable = true;
  bool empty = true;
};

Framing FramingOf(const Headers& headers) {
  Framing framing;
  for (const auto& [name, value] : headers) {
    framing.readable = framing.readable && !name.empty() &&
                       std::all_of(name.begin(), name.end(), IsTokenCharacter);
    if (SameName(name, "Content-Length")) {
      ++framing.lengths;
      framing.readable = framing.readable && IsLength(value);
      framing.empty = framing.empty && value.find_first_not_of('0') == std::string::npos;
    } else if (SameName(name, "Transfer-Encoding")) {
      ++framing.codings;
      framing.readable = framing.readable && SameName(value, "chunked");
      framing.empty = false;
    }
  }
  framing.readable = framing.readable && framing.lengths + framing.codings <= 1;
  return framing;
}

}  // namespace

int RefusalOf(const Request& head) {
  const bool with_body = Has(kBodyMethods, head.method);
  if (!with_body && !Has(kOtherMethods, head.method)) return 501;
  const Framing framing = FramingOf(head.headers);
  if (!framing.readable || (!with_body && !framing.empty)) return 400;
  // The HTTP library forgets the chunks of a DELETE.
  if (head.method == "DELETE" && framing.codings > 0) return 400;
  const std::string_view coding = FindHeader(head.headers, "Content-Encoding");
  if (!coding.empty() && !SameName(coding, "identity")) return 415;
  constexpr std::string_view kParts = "multipart/";
  const std::string_view type = FindHeader(head.headers, "Content-Type");
  return SameName(type.substr(0, kParts.size()), kParts) ? 415 : 0;
}

}  // namespace baya::tools::http
