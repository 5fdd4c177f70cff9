// HKDF with SHA-256 (RFC 5869).
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"

namespace baya::crypto::hkdf_sha256 {

inline constexpr size_t kPrkBytes = 32;                     // HashLen
inline constexpr size_t kMaxOutputBytes = 255 * kPrkBytes;  // RFC 5869 §2.3

// The pseudorandom key of kPrkBytes (RFC 5869 §2.2).
//
//   salt  any length, empty for none
//   ikm   input keying material, any length
SecretBytes Extract(ByteView salt, const SecretBytes& ikm);

// `length` bytes of key for the use that `info` names (RFC 5869 §2.3).
//
//   prk     from Extract, or a uniformly random key; at least kPrkBytes
//   length  in [0, kMaxOutputBytes]
//
// Errors: kInvalidArgument (prk too short, length too large).
Result<SecretBytes> Expand(const SecretBytes& prk, ByteView info, size_t length);

// Expand of Extract; errors as Expand.
Result<SecretBytes> Derive(ByteView salt, const SecretBytes& ikm, ByteView info, size_t length);

}  // namespace baya::crypto::hkdf_sha256
