// The publisher's signing key as a file.
//
// One line of text, "baya-ed25519-seed " and 64 hexadecimal digits, so that nobody takes it for
// something else. The public key, which the tag's configuration pins, may be shown to anyone.
#pragma once

#include <string>

#include "base/secret_bytes.h"
#include "crypto/ed25519.h"

namespace baya::tools {

// A new random key in a new file of mode 0600. Throws ToolError.
void MakeKeyFile(const std::string& path);

// The seed. Throws ToolError, also when others may read the file.
SecretBytes ReadKeyFile(const std::string& path);

// base64url without padding, 43 characters, as the tag takes it. ParsePublicKey throws ToolError
// for anything else.
std::string PublicKeyText(const crypto::ed25519::PublicKey& key);
crypto::ed25519::PublicKey ParsePublicKey(const std::string& text);

}  // namespace baya::tools
