// Whole files.
#pragma once

#include <cstddef>
#include <string>

#include "base/bytes.h"
#include "base/secret_bytes.h"

namespace baya::tools {

// Throws ToolError, also for a file of more than `limit` bytes.
Bytes ReadFile(const std::string& path, size_t limit);

// Writes beside and renames, so that nobody reads half a file. Throws ToolError.
void WriteFile(const std::string& path, ByteView bytes);

// A new file that its owner alone may read (mode 0600). Throws ToolError when it exists.
void WriteSecretFile(const std::string& path, const SecretBytes& bytes);

// Throws ToolError when others may read the file, too.
SecretBytes ReadSecretFile(const std::string& path, size_t limit);

// The length of `bytes` as gzip at level 9, as a web server would send them.
size_t GzipSize(ByteView bytes);

// "12.3 KB"; a KB is 1,000 bytes.
std::string SizeText(size_t bytes);

}  // namespace baya::tools
