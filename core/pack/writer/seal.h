// Puts sections into one signed site pack.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret_bytes.h"
#include "crypto/ed25519.h"
#include "pack/header.h"

namespace baya::pack {

struct Section {
  SectionType type = SectionType::kCatalogue;
  Bytes body;
};

struct SealRequest {
  std::string site;       // the id that the tag's configuration names
  uint64_t version = 0;   // above every version published before
  uint64_t replaces = 0;  // the published version that this pack takes back, or 0
  std::optional<crypto::ed25519::PublicKey> next_key{};
  std::vector<Section> sections;
};

// The whole pack. `seed`: the signer's (crypto/ed25519_signing.h).
//
// Errors: kInvalidArgument (a request that the reader would refuse, a seed of another size).
Result<Bytes> Seal(const SealRequest& request, const SecretBytes& seed);

}  // namespace baya::pack
