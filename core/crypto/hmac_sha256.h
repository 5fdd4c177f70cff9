// HMAC with SHA-256 (RFC 2104, FIPS 198-1).
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/secret_bytes.h"
#include "base/status.h"

namespace baya::crypto::hmac_sha256 {

inline constexpr size_t kTagBytes = 32;

// A tag of kTagBytes. Secret, because it is also used to derive keys.
//
//   key  any length; the field recommends 32 bytes or more (RFC 2104 §3)
SecretBytes Mac(const SecretBytes& key, ByteView message);

// Compares in constant time; a shortened tag is refused.
//
// Errors: kDataLoss (the tag does not belong to this key and message).
Status Verify(const SecretBytes& key, ByteView message, ByteView tag);

}  // namespace baya::crypto::hmac_sha256
