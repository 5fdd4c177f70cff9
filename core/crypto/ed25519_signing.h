// Making Ed25519 signatures (RFC 8032 §5.1.5 and §5.1.6).
//
// For the publisher's tools and for tests only: it brings the table of base-point multiples
// (30 KB) that nothing else needs, and no page ever signs.
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "crypto/ed25519.h"

namespace baya::crypto::ed25519 {

inline constexpr size_t kSeedBytes = 32;  // the RFC's "private key"

// `seed`: kSeedBytes from Host::FillRandom.
//
// Errors: kInvalidArgument (a seed that is not kSeedBytes).
Result<PublicKey> PublicKeyOf(const SecretBytes& seed);

// Deterministic. The public key is recomputed from the seed each time: signing with one that
// does not belong to it would give the private key away.
//
// Errors: kInvalidArgument (a seed that is not kSeedBytes).
Result<Signature> Sign(const SecretBytes& seed, ByteView message);

}  // namespace baya::crypto::ed25519
