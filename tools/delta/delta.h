// What a device that has one version of a file needs to make another.
//
// Source: RFC 9842, "Compression Dictionary Transport", §5 (Dictionary-Compressed Zstandard). The
// browser decodes it; nothing of it is in a page.
#pragma once

#include <string>

#include "base/bytes.h"

namespace baya::tools {

// The content of a `dcz` response that makes `target` of `base`. Its window stays within 8 MB, so
// of a larger `base` only the end helps. Throws ToolError (out of memory).
Bytes MakeDelta(ByteView base, ByteView target);

// The same length without a base, for comparison. Throws ToolError (out of memory).
size_t ZstdSize(ByteView target);

// "shop.pack.SHA256.dcz": where a server looks when a browser says which version it has.
std::string DeltaName(const std::string& target_name, ByteView base);

}  // namespace baya::tools
