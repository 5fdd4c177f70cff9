// Whose site packs a device accepts, and in which order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/status.h"
#include "crypto/ed25519.h"
#include "pack/header.h"

namespace baya::pack {

// The tag's configuration gives `site` and `pinned_key`; the rest is what accepted packs left
// behind, kept by the caller from one start to the next.
struct Trust {
  std::string site;
  crypto::ed25519::PublicKey pinned_key{};
  std::optional<crypto::ed25519::PublicKey> next_key;  // named by a pack of an accepted signer
  uint64_t highest_version = 0;                        // of all accepted; 0 before the first
  std::optional<crypto::Sha256Digest> current;         // PackId of the one in use
};

// In this order: the signer is known, the signature is right, the site is this one, and the
// version is above every accepted one. The pack in use is accepted again, and so is one that
// its signer marked as taking back the highest version.
//
// Errors: kPermissionDenied (unknown signer, wrong signature, other site), kFailedPrecondition
// (older version).
Status CheckTrust(const Header& header, const Trust& trust);

// What to keep after `header`'s pack was accepted.
Trust After(const Header& header, Trust trust);

}  // namespace baya::pack
