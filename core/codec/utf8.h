// Whether text is UTF-8.
#pragma once

#include <string_view>

namespace baya::codec {

// RFC 3629 §4: shortest form only, no surrogates, nothing above U+10FFFF.
bool IsUtf8(std::string_view text);

}  // namespace baya::codec
