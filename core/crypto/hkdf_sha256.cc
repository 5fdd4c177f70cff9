#include "crypto/hkdf_sha256.h"

#include <algorithm>

#include "crypto/hmac_sha256.h"

namespace baya::crypto::hkdf_sha256 {

static_assert(kPrkBytes == hmac_sha256::kTagBytes);

namespace {

// T(n) = HMAC(PRK, T(n-1) | info | n), where T(0) is empty (RFC 5869 §2.3).
SecretBytes Block(const SecretBytes& prk, const SecretBytes& previous, ByteView info, uint8_t n) {
  SecretBytes input(previous.size() + info.size() + 1);
  auto out = input.ExposeMutable().begin();
  out = std::copy(previous.Expose().begin(), previous.Expose().end(), out);
  out = std::copy(info.begin(), info.end(), out);
  *out = n;
  return hmac_sha256::Mac(prk, input.Expose());
}

}  // namespace

SecretBytes Extract(ByteView salt, const SecretBytes& ikm) {
  // HMAC pads its key with zeros: no salt is the same as HashLen zeros, as §2.2 asks for.
  return hmac_sha256::Mac(SecretBytes::CopyOf(salt), ikm.Expose());
}

Result<SecretBytes> Expand(const SecretBytes& prk, ByteView info, size_t length) {
  if (prk.size() < kPrkBytes) {
    return kError<StatusCode::kInvalidArgument, "an HKDF key is shorter than 32 bytes">;
  }
  if (length > kMaxOutputBytes) {
    return kError<StatusCode::kInvalidArgument, "HKDF gives at most 8160 bytes">;
  }
  SecretBytes okm(length);
  SecretBytes block;
  uint8_t n = 0;
  for (size_t done = 0; done < length; done += block.size()) {
    block = Block(prk, block, info, ++n);
    const ByteView used = block.Expose().first(std::min(block.size(), length - done));
    std::copy(used.begin(), used.end(), okm.ExposeMutable().subspan(done).begin());
  }
  return okm;
}

Result<SecretBytes> Derive(ByteView salt, const SecretBytes& ikm, ByteView info, size_t length) {
  return Expand(Extract(salt, ikm), info, length);
}

}  // namespace baya::crypto::hkdf_sha256
