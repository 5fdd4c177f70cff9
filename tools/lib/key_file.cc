#include "lib/key_file.h"

#include <sys/random.h>

#include <algorithm>
#include <string_view>

#include "codec/hex.h"
#include "crypto/ed25519_signing.h"
#include "crypto/fixed_bytes.h"
#include "lib/files.h"
#include "lib/tool_error.h"

namespace baya::tools {
namespace {

constexpr std::string_view kPrefix = "baya-ed25519-seed ";
constexpr size_t kFileBytes = kPrefix.size() + 2 * crypto::ed25519::kSeedBytes + 1;

int Digit(uint8_t letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  return -1;
}

}  // namespace

void MakeKeyFile(const std::string& path) {
  SecretBytes seed(crypto::ed25519::kSeedBytes);
  // Up to 256 bytes come whole once the machine's generator is ready: getrandom(2).
  if (getrandom(seed.ExposeMutable().data(), seed.size(), 0) != static_cast<ssize_t>(seed.size())) {
    throw ToolError("the machine gives no random bytes");
  }
  SecretBytes text(kFileBytes);
  auto out = std::copy(kPrefix.begin(), kPrefix.end(), text.ExposeMutable().begin());
  // By hand and not by EncodeHex, whose string would not be wiped.
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const uint8_t byte : seed.Expose()) {
    *out++ = static_cast<uint8_t>(kDigits[byte >> 4]);
    *out++ = static_cast<uint8_t>(kDigits[byte & 0x0f]);
  }
  *out = '\n';
  WriteSecretFile(path, text);
}

SecretBytes ReadKeyFile(const std::string& path) {
  const SecretBytes text = ReadSecretFile(path, 4096);
  const ByteView bytes = text.Expose();
  if (bytes.size() != kFileBytes || !BytesEqual(bytes.first(kPrefix.size()), AsBytes(kPrefix))) {
    throw ToolError(path + " is not a key that baya keygen made");
  }
  SecretBytes seed(crypto::ed25519::kSeedBytes);
  for (size_t i = 0; i < seed.size(); ++i) {
    const int high = Digit(bytes[kPrefix.size() + 2 * i]);
    const int low = Digit(bytes[kPrefix.size() + 2 * i + 1]);
    if (high < 0 || low < 0) throw ToolError(path + " is not a key that baya keygen made");
    seed.ExposeMutable()[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return seed;
}

std::string PublicKeyText(const crypto::ed25519::PublicKey& key) { return codec::EncodeHex(key); }

crypto::ed25519::PublicKey ParsePublicKey(const std::string& text) {
  const Result<Bytes> bytes = codec::DecodeHex(text);
  if (!bytes.ok() || bytes->size() != crypto::ed25519::kPublicKeyBytes) {
    throw ToolError("a public key is 64 hexadecimal digits, not \"" + text + "\"");
  }
  return *crypto::FixedBytes<crypto::ed25519::kPublicKeyBytes>(*bytes);
}

}  // namespace baya::tools
