// Diffie-Hellman on Curve25519 (RFC 7748 §5 and §6.1).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "base/secret_bytes.h"

namespace baya::crypto::x25519 {

inline constexpr size_t kPrivateKeyBytes = 32;
inline constexpr size_t kPublicKeyBytes = 32;
inline constexpr size_t kSharedSecretBytes = 32;

using PublicKey = std::array<uint8_t, kPublicKeyBytes>;
using PublicKeyView = std::span<const uint8_t, kPublicKeyBytes>;

// X25519(private_key, 9). Any kPrivateKeyBytes bytes from Host::FillRandom are a private key.
//
// Errors: kInvalidArgument (a private key that is not kPrivateKeyBytes).
Result<PublicKey> PublicKeyOf(const SecretBytes& private_key);

// kSharedSecretBytes that both sides compute. They are not uniformly random: derive keys from
// them (crypto/hkdf_sha256.h), never use them as one.
//
// Errors: kInvalidArgument (a private key that is not kPrivateKeyBytes, or a public key of small
// order, whose result would be zero for every private key: RFC 7748 §6.1).
Result<SecretBytes> SharedSecret(const SecretBytes& private_key, PublicKeyView public_key);

}  // namespace baya::crypto::x25519
