// Verification of Ed25519 signatures (RFC 8032 §5.1.7). Signing: crypto/ed25519_signing.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/status.h"

namespace baya::crypto::ed25519 {

inline constexpr size_t kPublicKeyBytes = 32;
inline constexpr size_t kSignatureBytes = 64;

using PublicKey = std::array<uint8_t, kPublicKeyBytes>;
using PublicKeyView = std::span<const uint8_t, kPublicKeyBytes>;
using Signature = std::array<uint8_t, kSignatureBytes>;

// Stricter than the RFC where it leaves a choice: S must be reduced, the public key canonical,
// and neither the public key nor R of small order.
//
// Errors: kDataLoss (not a signature of `message` by the holder of `public_key`).
Status Verify(PublicKeyView public_key, ByteView message, ByteView signature);

}  // namespace baya::crypto::ed25519
